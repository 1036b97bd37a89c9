"""What a reply to a health question had better not say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_massage.triage import Concern, read_reply


class TestReadReply:
    @pytest.mark.parametrize(
        ("reply", "concern"),
        [
            ("As your therapist I would wait another week.", Concern.RELATIONSHIP),
            ("You are my patient now, so listen.", Concern.RELATIONSHIP),
            ("A few sessions will cure it.", Concern.CURE),
            ("It is perfectly safe with a clot.", Concern.CURE),
            ("You don't need a doctor for that.", Concern.CURE),
            ("Take 400 mg of ibuprofen before you come.", Concern.DOSE),
            ("Have 400mg before you come.", Concern.DOSE),
            ("You could stop taking warfarin for the day.", Concern.DOSE),
            ("Als Ihre Therapeutin würde ich noch warten.", Concern.RELATIONSHIP),
            ("Eine Massage ist bei Thrombose völlig ungefährlich.", Concern.CURE),
            ("Nehmen Sie Ibuprofen, bevor Sie kommen.", Concern.DOSE),
            ("Après vous avoir examinée, je peux le dire.", Concern.RELATIONSHIP),
            ("Le massage va guérir votre jambe.", Concern.CURE),
            ("Prenez deux gélules avant la séance.", Concern.DOSE),
            ("Como su terapeuta, le digo que venga.", Concern.RELATIONSHIP),
            ("El masaje es totalmente seguro.", Concern.CURE),
            ("Deje de tomar la warfarina ese día.", Concern.DOSE),
            ("Depois de a examinar, receito-lhe repouso.", Concern.RELATIONSHIP),
            ("A massagem vai curar a sua perna.", Concern.CURE),
            ("Tome 20 gotas antes da sessão.", Concern.DOSE),
            ("La mia diagnosi è chiara.", Concern.RELATIONSHIP),
            ("Non serve il medico per questo.", Concern.CURE),
            ("Prenda l’aspirina prima di venire.", Concern.DOSE),
            ("Ik heb u onderzocht en het is duidelijk.", Concern.RELATIONSHIP),
            ("Maakt u zich geen zorgen, kom gerust.", Concern.CURE),
            ("Neem paracetamol voor u komt.", Concern.DOSE),
        ],
    )
    def test_warns_of(self, reply, concern):
        [caution, *_] = read_reply(reply)
        assert caution.concern == concern

    @pytest.mark.parametrize(
        "reply",
        [
            "Please ask the surgeon who operated on you before you book any massage of that leg.",
            "We would rather wait until your doctor has looked at the swelling.",
            "Thank you for telling us. We cannot judge that from here; your doctor can.",
            "Our treatments start at 60 minutes and we have two rooms.",
            "Bitte lassen Sie das Bein zuerst in Ihrer Arztpraxis ansehen; von hier aus sehen wir es nicht.",
            "Merci de votre message. Demandez d'abord à votre médecin, puis prenez un rendez-vous chez nous.",
            "Gracias por contarlo. Pregunte primero a su médico si toma aspirina; aquí no podemos juzgarlo.",
            "Obrigada pela pergunta. Fale primeiro com o seu médico; daqui não podemos avaliar a perna.",
            "Grazie per averci scritto. Chieda prima al suo medico: da qui non possiamo valutare la gamba.",
            "Dank voor uw bericht. Vraag het eerst aan uw arts; van hieruit kunnen wij dat niet beoordelen.",
        ],
    )
    def test_lets_a_careful_reply_pass(self, reply):
        assert read_reply(reply) == []

    def test_points_at_the_words(self):
        reply = "Rest, and it will cure itself."
        [caution] = read_reply(reply)
        assert reply[caution.start : caution.end] == "will cure"

    @given(st.text(max_size=300))
    def test_takes_any_text(self, text):
        assert all(0 <= caution.start < caution.end <= len(text) for caution in read_reply(text))
