"""A mail server that keeps what it is given: SMTP over a real socket, on a free port, in a thread."""

from __future__ import annotations

import email
import email.policy
import socket
import threading
from email.message import EmailMessage
from typing import Any


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailSink:
    """Collects mails in `mails`. What it answers to the next mails can be set in `answers`, "" for a good answer.

    While `gate` is cleared it takes mails in, and lets their senders wait for the answer.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: list[str] = []
        self.rejected: dict[str, str] = {}
        self.gate = threading.Event()
        self.gate.set()
        self.port = free_port()
        self._controller: Any = None

    def start(self) -> None:
        from aiosmtpd.controller import Controller

        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        self.gate.set()
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.rejected:
            return self.rejected[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.answers.pop(0) if self.answers else ""
        if answer:
            return answer
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.recipients += envelope.rcpt_tos
        await server.loop.run_in_executor(None, self.gate.wait)
        return "250 Taken"

    def texts(self) -> list[str]:
        """Return the body of each mail."""
        return [text_of(mail) for mail in self.mails]


def text_of(mail: EmailMessage) -> str:
    """Return what the reader of a mail sees, with plain line ends."""
    return mail.get_content().replace("\r\n", "\n")
