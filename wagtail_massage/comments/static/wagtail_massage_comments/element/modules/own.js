/** What an author sees of the own comment, and may still do with it. */

import { ago, h, rich } from "./dom.js";
import { area, choices, form } from "./form.js";

/** What became of the comment, in a sentence; "" where everybody sees it. */
export function state({ t, policy }, own) {
  if (own.state === "APPROVED" || (own.health && own.state === "PENDING")) return "";
  if (own.state === "PENDING") return t("A moderator reads it before it appears on the page.") + " " + (policy.usual_wait || "");
  if (own.state === "UNCONFIRMED") return t("Please confirm your e-mail address by the link in the mail that is on its way to you.");
  return t("A moderator has decided not to show your comment.") + " " + (own.reason_text || "");
}

/** Edit while the window is open, withdraw at any time. */
export function controls({ t, unfold, amend, dismiss, own: all }, own) {
  const action = (words, click) => h("button.action", { type: "button", click }, words);
  if (/RE/.test(own.state) && !own.health) return action(t("Dismiss"), () => dismiss(own.id)); // rejected, removed
  const edit = (leave) =>
    form(
      t,
      t("Edit"),
      [
        area(t("Comment"), { value: own.body }, t("A new text may have to be read by a moderator before it appears.")),
      ],
      t("Save"),
      ({ body }) => amend(own.id, "", "PATCH", { body, version: all.get(own.id).version }),
      leave,
    );
  const withdraw = (leave) =>
    form(
      t,
      t("Withdraw"),
      h("p", t("This cannot be undone.")),
      t("Withdraw"),
      () => amend(own.id, "", "DELETE"),
      leave,
    );
  return [
    Date.parse(own.editable_until) > Date.now() && action(t("Edit"), () => unfold(own.id, edit)),
    action(t("Withdraw"), () => unfold(own.id, withdraw)),
  ];
}

/** A health question: safety first, then the answers, then what may become of it, unless a moderator has ended it. */
export function health({ t, amend, language, say }, own) {
  const { safety, can_be_answered, choice, consent, answers, published } = own.health;
  const isOpen = !/RE/.test(own.state); // else a moderator has rejected or removed it
  const labels = {
    NAMED: t("Publish with my name"),
    NAMELESS: t("Publish without my name"),
    PRIVATE: can_be_answered || answers.length ? t("Answer me privately") : t("Do not publish it"),
  };
  const stored = t("Your choice is stored. You can choose again at any time.");
  return h("div.health",
    h("h3", t("You write about your health")),
    safety && h("p.safety", { role: "alert" }, safety),
    isOpen && !answers.length && h("p",
      can_be_answered
        ? t("It does not appear below the article. Somebody who may answer it reads it; the answer will stand here.")
        : t("It does not appear below the article. Nobody here may answer such questions at the moment. Please ask your doctor."),
    ),
    answers.map(({ body_html, signature, disclaimer, created_at }) =>
      h("blockquote.answer",
        h("div", { dir: "auto" }, rich(body_html)),
        h("p", h("b", [signature.name, signature.title, signature.registration].filter(Boolean).join(", ")), " ", ago(created_at, language)),
        h("p.help", disclaimer),
      ),
    ),
    published && h("p", t("It is public now.")),
    isOpen && form(
      t,
      "",
      [
        choices(t("What may become of it?"), consent.text, "choice", labels, choice),
        h("p.help", choice ? stored : t("As long as you choose nothing, nothing is published.")),
      ],
      t("Save"),
      (values) => amend(own.id, "choice/", "PUT", { ...values, consent_version: consent.version }).then(() => say(stored)),
    ),
  );
}
