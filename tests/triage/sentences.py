"""Comments that triage is held to: invented, in the words of people who write below articles about massage."""

QUESTIONS = """
I had a hip replaced in March and the leg still puffs up by the evening. Could a gentle leg massage do any harm?
my calf has been hot and sore since a long flight, would a massage loosen it
Pregnant with twins, 31 weeks. Which of these would you leave out?
Is it safe to have a leg massage with varicose veins?
My mum is on blood thinners after a clot. Can she come to you or is that too risky?
I've got a pacemaker and my GP shrugged when I asked. What do you think?
Diagnosed with lymphoedema last spring. Any advice on pressure?
been getting shooting pains down the back of my thigh for weeks, is that sciatica??
My doctor found a small clot last year but says I am fine now. How long should I wait before a deep tissue session?
I'm going through chemo at the moment and my feet are numb. Would reason 4 still apply to me?
Fell off my bike on Sunday, the knee is swollen and purple. Should I book for this week or leave it?
i have type 2 diabetes and hardly feel my toes, can i have hot stones
After my C-section I still have no feeling around the scar. When can I lie on my front again?
Had a mini stroke in June. Not sure whether I am allowed a massage yet.
I tore my meniscus playing netball. Does massage help the healing or make it worse?
My husband has high blood pressure and takes three tablets for it. Would a hot bath and massage be dangerous for him?
I keep waking up with cramp in both calves. What could it be?
There's a lump behind my knee that wasn't there last month. Should I be worried?
Recovering from a broken ankle, plaster came off on Monday. Any idea how soon I can get it massaged?
I suffer from migraines and the last massage set one off. Is this normal?
Can someone with epilepsy use the steam room before?
my dad had a heart attack in the summer and his legs ache all the time, would this be ok for him
Been told I have osteoporosis. Is deep pressure out of the question for me?
I bruise like a peach since I started on steroids, so which treatment would you suggest?
Two slipped discs here. Anyone had a massage with that and lived to tell the tale?
I have shingles on my back but only a small patch, can I still come on Friday?
i feel dizzy every time i get up from the table, what am i doing wrong
Since the vaccination my arm has a swelling near the armpit. Wait or come anyway?
I'm 14 weeks gone and my lower back is killing me. Do you treat that early?
My left foot goes numb when I sit. I wonder if one of your foot massages might wake it up.
I have had plantar fasciitis since January and nothing helps. Would you recommend the leg treatment?
Could a massage be dangerous for me? I take apixaban.
I lost a kidney ten years ago, should I mention it before the session?
i got bitten by something and now the whole shin is red and hot, can massage bring it down
My son (9) has growing pains in his legs at night. Can I massage him myself?
Had my gallbladder out three weeks ago. When could I start with massages again?
I've been on antidepressants for years and get emotional on the table. Is that common, should I tell the therapist?
My knees hurt going downstairs. Is point 6 for people like me?
I have a stent in my leg. Your article says circulation improves - is that good or bad for me?
I am allergic to nuts and wondered what oil you use, I react badly to almond.
Would reflexology bring on labour? I'm 38 weeks and fed up.
The doctor says it is cellulitis and gave me antibiotics. Can I keep my appointment tomorrow?
I'm a nurse myself but I honestly don't know: I had a DVT in 2019, is lymph drainage still contraindicated for me?
Ever since my knee operation there's fluid under the kneecap. Can rubbing it help it drain?
I just came out of hospital with pneumonia, would the lymphatic one be good for getting rid of the rest of it?
Sciatica flared up again on holiday. Would you go ahead with number 2 or rest first?
My hands have been tingling since I started typing all day, could leg massage circulation stuff work for arms too?
hi, 7 months postpartum and my pelvis clicks when I walk. who do I see, you or a physio?
I've a lump in my calf that hurts when pressed; is that a knot?
Had botox on Tuesday, facial massage on Friday - ok?
I am a type 1 diabetic on a pump. Anything I should know before booking the hot stones?
My ankles swell every summer. Is it water, and would massage push it out?
Got told by my cardiologist to avoid heat. Does that rule out your warm oil treatment?
My wife is 6 weeks after a knee replacement, when would it be alright for her to have the gentle massage?
I take blood pressure tablets and sometimes get lightheaded, is lying face down a problem?
Should people like me with MS avoid deep pressure? My legs are spastic at night.
I was in a car crash in April, whiplash. Insurance says massage is fine, my neck says no. Thoughts?
My teenage daughter has scoliosis and wants to come with me. Would you take her?
After radiotherapy my skin is very thin on the chest. Is there any treatment left for me?
I've had pain in my hip that keeps me up at night for three weeks and I don't know whether massage is a good idea.
Is it normal to feel sick after a lymph drainage? I threw up twice last night.
I have haemorrhoids and sitting hurts, would the back massage work lying on my side?
I had covid in November and still get out of breath on stairs. Is point 3 about circulation any help?
Varicose veins run in my family and mine have started to itch. Massage yes or no?
my toenail is infected and oozing, can i still get the pedicure massage
Can you massage over a tattoo that is two weeks old? It is still scabby.
I'm recovering from anorexia and scared of being touched. How would you handle someone like me?
Can I have a massage while on antibiotics?
I have heavy legs every evening and visible veins, my mother had a thrombosis at my age. Should I be doing this at all?
High cholesterol here, and two stents since March. Which pressure would you use?
Seven weeks post hernia repair and sleeping badly. Is a back massage too early?
As someone with gout I dread anybody near my big toe. How do you go about it?
My shin has turned blue since the kick on Saturday. Do I come on Thursday?
what would you say to someone like me, 63, on warfarin
can u work round a metal rod in my upper arm
I cannot raise my elbow since the fall, do I take the remedial or the sports massage?
Is hot stone alright with an implant in the jaw? Mine is new.
The soles of my feet are swolen every evening. Anything you could suggest?
hiya, got a pin through my big toe after an op at christmas, would the foot one be a no go
I'm a runner and my achilles has been sore for 6 weeks, foam rolling makes it worse. What am I doing wrong?
You mention lavender. I take medication for seizures. Any interaction?
anyone had a massage with a broken collarbone? im going mad with the tightness
hurt my back lifting a washing machine on saturday cant stand up straight do i go hospital or come to you
my husband has parkinsons and gets terrible cramp in his calfs at night wat can we do
Quick question, I've a cold coming, shall I cancel?
Has your team ever treated anyone with stiff person syndrome? I was diagnosed in spring.
i have no cartilage left in my left thumb says the xray. wax baths or massage
I have a rash in the shape of a ring where the massage band was. What do I put on it?
both my hands go white then blue in winter. does hot stone therapy make any difference for people with that
i have restless legs so bad i cry at night. anything in this list that really works for it
I'm breastfeeding and have mastitis on one side, can this be massaged out?
my legs hurt so much after the statins i stopped them myself. was that stupid
I'm 45, never ill, and yesterday half my tongue went numb for ten minutes. Probably nothing?
I have rosacea. would a facial massage set it off
Does the therapist need to know about my breast implants, and can I lie on them?
I was told to avoid massage after radiotherapy, that was in 2011, do I still have to?
Can't sleep, can't eat, heart going like mad. Which of your treatments is best for nerves?
i am allergic to nuts, like epipen allergic. is the oil safe
I want to come but I wet myself when I cough and I am mortified. Do other women come like this?
my grandma is on oxygen and can't lie flat. would chair massage suit her
has anybody with hypermobility (eds) tried this. i dislocate really easily
Ever since I gave birth my tailbone is killing me when I sit. Who treats that?
what helps with a locked jaw, mine won't open more than a finger
After a massage in Spain my urine was dark like cola and I could not lift my arms. What was that?
I've had a DVT scare, scan clear, still on the injections until Monday. Can I keep Saturday's booking?
could massage bring on labour? im 39+4 and fed up
You wrote that massage lowers blood pressure. Mine is already 90 over 50 and I faint easily, so is it wise?
im 22 weeks pregnant and my ankles are like balloons, is it dangerous to have them massaged
ive just been told i have ms. 29. is this something that would be good or bad for me i have no clue
I had my tattoo done yesterday, would you go over it?
Ive been told i have sciatica, tablets do nothing. desperate for advice
Three weeks post op hip replacement and the physio has discharged me. When can I start having my legs done?
do I need a letter from my GP if I've got angina
got a verruca, can i still have a pedicure
i broke my ankle in june and the screws are still in. too early for massage?
Having hot flushes all day and night, menopause is killing me, is there a treatment you would recommend?
hello. Ringworm on my belly, nearly gone. can i come wednesday
my knee clicks and swells up every time i go down stairs, the doc shrugged. who do i see
Is my son too young at eleven? He has juvenile arthritis and the mornings are dreadful.
Hi, could anyone with experience of CRPS tell me whether massage is bearable? My foot is on fire all day.
im on tamoxifen, is there anything in those oils i should stay clear of
i think i have a blood clot in my leg
I have lost all feeling around my bottom and I can't pee, started last night after lifting boxes
""".strip().splitlines()

ORDINARY = """
I was worrying whether I had fallen asleep and snored.
Great article, my legs feel new!
They closed the bypass road again, so allow twenty minutes more to get to you.
The triple bypass road closed, took us an hour to get home.
I'm a nurse and massage helps.
I'm a physiotherapist and I agree with every word of number six.
Do you have gift cards for two people?
What a lovely read, thank you for writing it.
How much is the ninety minute session on a Sunday?
Is there parking behind the building?
I broke the news to my sister that I booked us both in. She screamed.
Number 3 made me laugh. My boss could do with that one.
Do you open on bank holidays?
My favourite is the foot massage, hands down.
I was sick of my desk and came to you last Tuesday. Best decision of the year.
Would you consider writing one about hand massage too?
I had a wonderful afternoon with my daughter, thank you all.
Where did you get the figure about colds? I could not find the study.
The therapist had such warm hands and a heart of gold.
I'm dying to try the hot stones!
You missed one: it is simply fun.
As a runner I book one after every race and I have never looked back.
My back pain is gone since I come here every month. Thank you so much!
I had knee surgery last year and your team was so kind. Five stars.
Please check the link under number 2, it goes nowhere.
My wife gave me a voucher for Christmas, can I use it for the long one?
Can I bring my own oil?
Can I change the date of my booking online?
Should I tip the therapist?
Is it OK to arrive ten minutes early?
Massage is known to lower blood pressure in some people, according to a review from last year.
People with varicose veins should talk to a doctor first, as the page says.
Patients after surgery often ask us about this, and the answer is always: ask your surgeon.
My legs were tired after the marathon and this article came at the right time.
Stress, stress, stress. Reading this was a break in itself.
The hot chocolate afterwards was the best medicine.
Does the price include the steam room?
Do you sell the oil that Petra used last week?
What does a Swedish massage have to do with Sweden?
I can't wait to be back in autumn.
Could you do a version of this for the shoulders?
I have read all six reasons twice and I still think seven would be better.
Love love love this place
My grandmother always said the same about her feet.
Can we book the room with two tables for our anniversary?
I had no idea the lymph nodes were filters. Learned something today.
First!
I have a question about my invoice from last week, who can help me?
Is the author a trained therapist?
My kids gave me a massage chair and it is nothing like the real thing.
I've had two treatments and my cyclist friends are jealous.
How do I unsubscribe from your newsletter?
Nice list. I would put number five first.
I wonder who took the photographs, they are beautiful.
Any chance of a discount for students?
I am worried I will fall asleep on the table and snore!
The room was a bit cold for me, maybe add a blanket?
I get the best sleep of the month after my appointment.
Do you know a place like yours in Leeds?
The physio next door sent me to you and I am so glad.
My daughter is doing her massage diploma and will use this article in class.
What a week! Sore legs, tired head, then this. Thank you.
Does a leg massage include the feet?
Which oil do you use for the hot stones?
I laughed so hard at number 4 that my stomach hurt.
Can two people share the sauna?
Are the stones heated in water or in an oven?
You write that massage reduces cortisol. By how much?
I had a cold when I was due to come in and you moved my appointment without any fuss, thanks.
I am training for a half marathon and your tips are spot on.
Surgeons could learn from your bedside manner, ha.
I would love to see a follow up about sleep.
We came for our honeymoon and will be back for the anniversary.
My mother in law is a pain but even she liked the foot bath.
How many people do you employ?
It says circulation twice in the second paragraph.
Do you ship the balm to Ireland?
A heart attack of joy when I saw the price, so cheap!
I injured my pride by snoring through the whole session.
Are your therapists insured?
Interesting read, though the immune system part sounds optimistic to me.
The kids broke your fountain, I am so sorry, let me know what it costs.
I've got ten minutes for lunch and spent them all here.
Who did the drawings? They are ace.
Pregnancy massage is listed on your menu but the link leads to the wrong page.
I run a small choir for stroke survivors and would like to put up your leaflet, may I?
Finding the entrance gave me a headache. Could you put up a sign?
My boss is sick, so I have time today. Is there a free hour?
I'm writing an essay about massage and diabetes. Could you name your sources?
My brother is a pain on long drives, can he have the first slot?
I felt dizzy with joy after the hot stones! Can I come again this week?
I broke the page with my old browser, could you have a look?
I had my hen do at your spa and nobody wanted to leave.
I'm a chiropractor. The claim on alignment in the third paragraph is wrong and I can send you the papers.
I teach anatomy and the sartorius is the longest muscle in the body, you wrote gracilis.
The chair broke after two weeks. Who do I contact about a refund?
I had a knee replacement in 2020 and massage gave me my life back. Thank you Anna!
Can I book for two people at the same time? It's my mother's birthday.
I was in agony choosing between lavender and rose. Which sells best?
My heart sank when I saw that Tuesday is fully booked. Any cancellations?
What should I wear to a sports massage?
Happy to report that after six sessions my frozen shoulder is gone. Five stars.
Just finished a double shift and this is what I needed to read. Feet up!
The bypass around Reading is shut until ten, so please be patient with late arrivals.
Is your head therapist the same Laura who used to be at the Harbour Spa?
I got cold feet before my first visit, silly me. It was heaven.
Love the photo. Whose feet are those?
When will the second part of this series be out?
Your article has gone viral in our office.
These shoes are murder on the feet but they look great. Where is the model's dress from?
Your competitor charges half. What do I get for the rest?
The price list says 2023. Is it still valid?
I'd love to become a therapist. Is forty too old to start?
I'd kill for a foot rub right now.
Three years ago I could hardly walk, and your team got me dancing at my son's wedding. Bless you all.
Haha, my back says thank you and so does my wife!
My boss has finally agreed to chair massage in the office! Who do I talk to about a quote?
My cat has a bad leg and still outruns me.
I had a stroke of genius and booked the whole family.
A colleague of mine runs marathons and swears by your Thursday class.
Five years cancer free today, and celebrating with a massage at your place. Thank you all.
Can I pay by card after the session?
The deep tissue massage hurt a bit, but in a good way. Can I leave a tip online?
I work with cancer patients and the best thing I ever learned was to slow down.
How do I unsubscribe from these comments?
What a lovely read. My shoulders dropped just looking at the pictures.
As someone who has taught anatomy for twenty years I applaud this article.
The swelling music in the video is a bit much.
I am allergic to Mondays.
I nearly choked on my tea at number five.
You say that it boosts immunity, but the study you link to had only 24 people in it. Is there a bigger one?
I sprained my brain trying to understand paragraph three. Could you rewrite it?
""".strip().splitlines()

OTHER_LANGUAGES = """
de|Ich habe seit drei Wochen Schmerzen in der Wade, sollte ich lieber zum Arzt?
de|bin in der 34. woche und meine füße sind dick wie ballons, darf man die massieren
de|Meine Mutter hatte einen Schlaganfall, kann ich ihr den Arm massieren?
de|hab mir das knie verdreht, kühlen oder massieren?
de|Nehme seit Jahren Eliquis. Ist eine Massage da überhaupt erlaubt?
de|Mein linkes Bein ist rot und heiß und tut beim Gehen weh, was könnte das sein
de|Ich leide unter Panikattacken und traue mich nicht zu euch. Was würdet ihr mir raten?
de|Wurde im Mai an der Bandscheibe operiert. Wann darf ich wieder auf die Liege?
de|Mein Sohn (9) hat nachts Wachstumsschmerzen. Hilft da eine Massage?
de|Habe Fibromyalgie und jede Berührung tut weh, macht ihr auch ganz sanfte Massagen?
de|Seit der Chemo spüre ich meine Zehen kaum noch. Würde Fußreflex etwas bringen?
de|Ich hab Krampfadern, ist das schlimm?
de|Darf ich mit Herzschrittmacher in die Sauna und danach zur Massage?
de|Mir ist nach der letzten Behandlung zwei Tage schwindelig gewesen, ist das normal?
de|Mein Mann hat Parkinson und abends Krämpfe. Habt ihr einen Rat?
de|Bei mir wurde Osteoporose festgestellt. Wäre eine Tiefenmassage gefährlich?
de|Ich stille noch und habe eine Brustentzündung, kann ich trotzdem kommen?
de|Habe einen Knoten in der Kniekehle ertastet, muss ich mir Sorgen machen?
de|Ich bin in der 20. Woche schwanger, darf ich trotzdem zur Fußmassage kommen?
de|Mein Vater nimmt Blutverdünner, ist eine Massage für ihn gefährlich?
de|Nach meiner Hüft-OP ist das Bein noch dick. Ab wann kann ich wieder kommen?
fr|Je suis enceinte de cinq mois, puis-je venir pour un massage des jambes ?
fr|J'ai eu une phlébite l'an dernier, est-ce dangereux de masser le mollet ?
es|Tengo varices y me duele la pierna por la noche, ¿puedo darme un masaje?
es|Me operaron de la rodilla hace dos meses, ¿cuándo puedo volver?
pt|Estou grávida de sete meses, posso fazer massagem nas pernas?
pt|Tenho trombose na perna e tomo anticoagulante, é perigoso?
it|Sono incinta di sei mesi, posso fare un massaggio alle gambe?
it|Ho avuto una trombosi l'anno scorso, il massaggio può farmi male?
nl|Ik ben zwanger en heb last van mijn rug, mag ik een massage?
nl|Mijn moeder heeft een hernia, kan een massage kwaad?
fr|Je ne sais pas si un massage est dangereux avec des varices
nl|Ik weet niet of een massage veilig is met spataderen
de|Weiß jemand, ob das mit Thrombose gefährlich ist
""".strip().splitlines()

OTHER_LANGUAGES_ORDINARY = """
de|Habt ihr am Samstag noch Termine frei?
de|Ich arbeite als Physiotherapeutin und kann das nur bestätigen.
de|Der Preis tut weh, aber es lohnt sich.
de|Meine Beine fühlen sich an wie neu, danke!
de|Ein Artikel, der mir den Tag gerettet hat.
de|Patienten mit Thrombose sollten vorher ihren Arzt fragen.
de|Wie lange dauert eine Massage mit heißen Steinen?
de|Ich hatte letztes Jahr eine Knie-OP und ihr habt mir sehr geholfen, vielen Dank.
de|Könnt ihr bitte den kaputten Link in Punkt zwei reparieren?
de|Die Umgehungsstraße ist gesperrt, plant mehr Zeit ein.
de|Ein wunderbarer Artikel, vielen Dank dafür!
de|Habt ihr am Samstag noch einen Termin frei?
fr|Merci pour cet article, c'est très bien écrit.
fr|Est-ce que vous avez des bons cadeaux ?
es|¡Qué buen artículo, muchas gracias por compartirlo con nosotros!
es|¿Cuánto cuesta el masaje de una hora?
pt|Adorei o texto, muito obrigada por compartilhar com a gente!
it|Bellissimo articolo, grazie mille per averlo scritto!
nl|Wat een leuk artikel, bedankt voor het delen!
nl|Hoe laat zijn jullie open op zaterdag?
fr|Le massage est sans danger, dit l'étude, même avec des varices.
de|Wer war die Frau am Montag, und ob es sie noch gibt?
""".strip().splitlines()

NO_PACK = """
Mam żylaki i bolą mnie nogi, czy mogę przyjść na masaż?
Ağrıyan bacağım için masaj güvenli mi, ameliyat oldum
У меня тромбоз, можно ли мне делать массаж ног?
私は妊娠しています。マッサージを受けても大丈夫ですか
عندي جلطة في الساق هل التدليك آمن بالنسبة لي
""".strip().splitlines()

# Of each kind of sentence: its name, one that asks, and one that only sounds like it.
KINDS = """
unknown words between auxiliary and verb
Bad knee since the ski trip. Would herbal compresses make that flare
Herbal compresses would really make my day

all over, not over
My niece has hives all over her belly, is the rose oil alright for her?
My belly cramps are finally over, hurrah for the rose oil

mine, told afterwards
Any of you tried it with vulvodynia? Mine will not settle.
Any of you tried the cocoa scrub? Mine smelt of oranges.

a side of the body
Left heel burns since the marathon. Roll it or leave it?
Left at the lights for the marathon car park?

another one than its twin
I see that my right shin is warmer than the other. Doctor first?
I see that the right chair is warmer than the other. Was it heated?

I am one who
I'm a postman who limps with shin splints by noon, which stretch is mine?
I met a postman who has delivered here for forty years, who is it?

wondering without a question
I would value an honest view on cupping after spinal fusion.
I would value an honest view on cupping as a hobby.

safe, asked and told
Not sure it is safe with gout.
It is safe with gout, my clients tell me.

advised two ways
Osteopath told me I have sacroiliitis, coach says rest, dad says massage
Coach says massage is the only thing he misses from the old club

in the English of a guest
Hello, I am having slip disc, kindly suggest which oil
Hello, I am having a nice evening, kindly greet Ivana

a thing of the locker room
I wear a brace on a torn ligament, could I keep it on?
Can I leave my knee brace in the locker?

a therapist asked by others
I have lupus and wonder whether massage is wise.
My clients often ask me whether massage is wise in pregnancy.

spelt by ear
ive got diabeetus in the fammily and my toes are numbnes at nite, shud i come
ive got the dates wrong, shud i come at nite
""".strip().split("\n\n")
