"""The contraindications that most massage practices name, to start from.

Worded by us for guests, and not clinically reviewed: a clinician has to check each before a site relies on it. The
texts are translated when the set is loaded, into the language that is active then.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class StarterContraindication(NamedTuple):
    """One entry: `level` is a value of `Contraindication.Level`, `synonyms` hold one a line."""

    slug: str
    level: str
    name: Any
    explanation: Any
    synonyms: Any


STARTER_SET = (
    StarterContraindication(
        "deep-vein-thrombosis",
        "AVOID",
        _("a blood clot in a vein (deep vein thrombosis), now or suspected"),
        _(
            "Pressure could move the clot. Have a painful, warm or swollen calf seen by a doctor the same day."
        ),
        _("blood clot\nclot\nDVT\nthrombosis\nembolism"),
    ),
    StarterContraindication(
        "fever-or-infection",
        "AVOID",
        _("a fever or an infection that others can catch"),
        _(
            "Your body has enough to do, and we would rather not pass it on. Come when you have been well for two days."
        ),
        _("fever\nflu\ncold\ntemperature\ncontagious illness\nvirus\nstomach bug"),
    ),
    StarterContraindication(
        "recent-stroke-or-heart-event",
        "AVOID",
        _("a stroke, a heart attack or an unstable heart condition in the last six months"),
        _("Wait until the doctors who look after you agree to massage."),
        _("stroke\nmini-stroke\nTIA\nheart attack\nangina\ncardiac arrest"),
    ),
    StarterContraindication(
        "recent-surgery",
        "ASK_DOCTOR",
        _("an operation in the last three months"),
        _("Wounds have to be healed, also those where a vein was taken out. Ask whoever operated on you."),
        _("surgery\noperation\nbypass\nstitches\nvein removal\njoint replacement"),
    ),
    StarterContraindication(
        "unexplained-swelling",
        "ASK_DOCTOR",
        _("a swelling whose cause you do not know"),
        _("Fluid in a leg or arm, above all on one side, needs a diagnosis before anybody presses on it."),
        _("swelling\nswollen leg\nfluid\noedema\nedema\nlymphoedema"),
    ),
    StarterContraindication(
        "heart-kidney-liver-failure",
        "ASK_DOCTOR",
        _("heart, kidney or liver failure"),
        _("Massage moves fluid, and that may be more than the organ can deal with."),
        _("heart failure\nkidney failure\nrenal failure\nliver failure\ncirrhosis\ndialysis"),
    ),
    StarterContraindication(
        "varicose-veins",
        "AVOID_AREA",
        _("varicose or inflamed veins"),
        _("We work around them and do not press on them."),
        _("varicose\nphlebitis\ninflamed vein\nbulging veins"),
    ),
    StarterContraindication(
        "broken-or-irritated-skin",
        "AVOID_AREA",
        _("a wound, burn, fracture, rash or skin infection"),
        _("It heals better when left alone. The rest of you may still be treated."),
        _("open wound\nburn\nsunburn\nfracture\nbroken bone\nrash\neczema\nathlete's foot\nskin infection"),
    ),
    StarterContraindication(
        "blood-thinners",
        "ASK_DOCTOR",
        _("medicine that thins the blood, or a bleeding disorder"),
        _("You may bruise easily. With your doctor's agreement we use light pressure only."),
        _("blood thinner\nanticoagulant\nwarfarin\nheparin\nhaemophilia\nbruise easily"),
    ),
    StarterContraindication(
        "osteoporosis",
        "ASK_DOCTOR",
        _("severe osteoporosis"),
        _("Fragile bones do not take firm pressure. Your doctor knows how fragile yours are."),
        _("brittle bones\nlow bone density\nspinal fracture"),
    ),
    StarterContraindication(
        "cancer-treatment",
        "ASK_DOCTOR",
        _("cancer, or treatment for cancer"),
        _("Gentle massage is often possible, by a therapist trained for it and with your team's agreement."),
        _("cancer\ntumour\nchemotherapy\nradiotherapy\nlymph nodes removed"),
    ),
    StarterContraindication(
        "pregnancy",
        "ADAPT",
        _("pregnancy"),
        _(
            "Tell us how far along you are. We use other positions and oils, and may ask for your midwife's agreement."
        ),
        _("pregnant\nexpecting\nfirst trimester\nmaternity"),
    ),
    StarterContraindication(
        "high-blood-pressure",
        "ASK_DOCTOR",
        _("high blood pressure that is not under control"),
        _(
            "Once it is well controlled there is usually nothing against a massage; stand up slowly afterwards."
        ),
        _("hypertension\nblood pressure\nblood pressure tablets"),
    ),
    StarterContraindication(
        "diabetes-numb-feet",
        "ADAPT",
        _("diabetes with numb feet or slow healing"),
        _(
            "You may not feel when pressure or warmth is too much, so we keep both low and look at the skin first."
        ),
        _("diabetes\ndiabetic\nneuropathy\nnumb feet\nnumbness"),
    ),
    StarterContraindication(
        "oil-or-nut-allergy",
        "ADAPT",
        _("an allergy to nuts, oils or scents"),
        _(
            "Tell us when you book. We have plain oil, and can try it on a small patch of skin the day before."
        ),
        _("allergy\nnut allergy\nalmond oil\nsensitive skin\npatch test\nessential oil"),
    ),
)
