"""Triage: does a comment ask a personal health question? Pure Python; no data leaves the process.

Three signals are looked for apart, each with the words that it was seen in:

DISCLOSURE   somebody says something about their own health, or that of somebody close to them
ADVICE       somebody wants to know what to do about it
RED_FLAG     a condition or symptom with which a massage can do harm, or that cannot wait

`examine` finds them; `Assessment.is_health_question` says what follows. It is a pattern match and no diagnosis: it
decides only that a person should read the comment before the public does.

matching    finds phrases in text, in linear time
language    tells which language a text is in
packs       the words of each language
sentences   reads the sentences: what stands in them, who speaks of whom
detector    what the words amount to
guard       what a reply had better not say
vocabulary  what the rest of the site adds: `register_vocabulary`
"""

from .detector import Assessment, examine
from .guard import Caution, Concern, read_reply
from .sentences import Kind, Signal
from .vocabulary import Vocabulary, register_vocabulary

__all__ = [
    "Assessment",
    "Caution",
    "Concern",
    "Kind",
    "Signal",
    "Vocabulary",
    "examine",
    "read_reply",
    "register_vocabulary",
]
