/* One decision about thousands of comments, a piece after the other: how far it is, a way to stop, what became of them.

   The form beneath sends them all at once without this. A piece whose answer was lost is sent again; the site decides
   nothing twice. */

const NAMED = 20; // comments of each kind, as many as the page without a script names
const form = document.getElementById("massage-bulk-confirm");
const progress = document.getElementById("massage-progress");
const [said, running, title] = progress.children;
const [bar, stop] = running.children;
const submit = form.querySelector("[type=submit]");
const back = form.querySelector("a");
const words = progress.dataset;
const waiting = form.elements.seen.value.split(" ");
const count = waiting.length;
const sections = new Map();
let done = 0;
let mayGoOn = false;

function say(text) {
    const numbers = { done, count, seen: count - waiting.length };
    const format = new Intl.NumberFormat(document.documentElement.lang);
    said.textContent = text.replace(/%\((\w+)\)s/g, (_match, name) => format.format(numbers[name]));
}

async function send(piece) {
    const body = new FormData(form);
    body.set("seen", piece.join(" "));
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error(answer.status);
    return answer.json();
}

function list({ why, count: more, rows }) {
    if (!sections.has(why)) {
        const section = document.createElement("section");
        section.append(document.createElement("h3"), Object.assign(document.createElement("ul"), { className: "massage-policy__list" }));
        sections.set(why, { section, total: 0 });
        progress.append(section);
        title.hidden = false;
    }
    const found = sections.get(why);
    found.total += more;
    const [heading, names] = found.section.children;
    heading.textContent = `${why} (${found.total})`;
    names.insertAdjacentHTML("beforeend", rows);
    [...names.children].slice(NAMED).forEach((row) => row.remove());
}

async function run() {
    while (waiting.length && mayGoOn) {
        const piece = waiting.slice(0, Number(words.pieces));
        const reply = await send(piece);
        waiting.splice(0, piece.length);
        done += reply.done;
        reply.leftovers.forEach(list);
        bar.value = count - waiting.length;
        say(words.running);
    }
    say(waiting.length ? words.stopped : words.finished);
}

function show(isRunning) {
    for (const part of form.querySelectorAll("select, button")) part.hidden = isRunning || !waiting.length;
    running.hidden = !isRunning;
    if (isRunning) return stop.focus();
    submit.querySelector("em").textContent = words.more;
    return (waiting.length ? submit : back).focus();
}

form.addEventListener("submit", async (event) => {
    event.preventDefault();
    mayGoOn = true;
    bar.max = count;
    bar.value = count - waiting.length;
    show(true);
    say(words.running);
    try {
        await run();
    } catch {
        say(words.failed);
    }
    show(false);
});
stop.addEventListener("click", () => { mayGoOn = false; });
