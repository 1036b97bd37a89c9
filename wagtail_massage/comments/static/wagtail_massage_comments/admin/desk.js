/* The desk at hand: decisions without a new page, keys, live counts.

   Everything here has a form or a link beneath that works without it. A decision is posted to the address of its form;
   when the answer is not the JSON that was asked for, the form itself is sent. */

const UNDO_MS = 10_000;
const COUNTS_MS = 30_000;
const CARD = "article.massage-card";
const VERBS = { a: ["approve", "dismiss_reports", "acknowledge"], r: ["reject"], s: ["mark_spam"] };
const FIELDS = "textarea, select, [contenteditable]:not([contenteditable=false]), input:not([type=checkbox], [type=radio], [type=submit], [type=button])";

const toast = document.getElementById("massage-toast");
const status = toast.querySelector("[role=status]");
const undoButton = toast.querySelector("button");
const reasons = document.getElementById("massage-reasons");
const words = toast.dataset;
const decided = []; // decisions of this page, the newest last, from the moment they are made

/* ---- Saying ---- */

let silence = 0;

function say(text, { isWarning = false, canUndo = false } = {}) {
    status.textContent = ""; // the same words twice are said twice
    setTimeout(() => { status.textContent = text; }, 50);
    toast.toggleAttribute("data-warning", isWarning);
    toast.toggleAttribute("data-shown", true);
    undoButton.hidden = !canUndo;
    beSilentLater();
}

function beSilentLater() {
    clearTimeout(silence);
    silence = setTimeout(() => {
        status.textContent = "";
        undoButton.hidden = true;
        toast.removeAttribute("data-shown");
    }, UNDO_MS);
}

/* ---- Cards ---- */

const lane = () => document.querySelector(".massage-lane");
const cards = () => [...document.querySelectorAll(CARD)];
const current = () => document.activeElement.closest(CARD);
const isOpen = (card) => card.getAttribute("aria-busy") !== "true" && !("gone" in card.dataset);

function goTo(card) {
    card.focus({ preventScroll: true });
    const isOneAtATime = getComputedStyle(card).getPropertyValue("--massage-one-card") === "1";
    card.scrollIntoView({ block: isOneAtATime ? "start" : "nearest", behavior: "instant" });
}

/* Return the card to look at after `card`: the next that is open, else the one before. */
function neighbour(card) {
    const all = cards();
    const place = all.indexOf(card);
    return all.slice(place + 1).find(isOpen) ?? all.slice(0, place).reverse().find(isOpen);
}

function step(direction) {
    const all = cards();
    const place = all.indexOf(current());
    const next = all[place < 0 ? placeBefore(all) : place + direction];
    if (next) goTo(next);
    else if (all.length) say(direction > 0 ? words.last : words.first);
}

/* Keep the place of a card that is opened by `link`, and return where to begin when its list is seen again. */
function keepPlace(link) {
    const list = new URL(link.href).searchParams.get("next");
    sessionStorage.setItem("massage-opened", JSON.stringify([list, cards().indexOf(link.closest(CARD))]));
}

function placeBefore(all) {
    const [list, place] = JSON.parse(sessionStorage.getItem("massage-opened") ?? "[]");
    const isSame = lane() && list === document.querySelector("#massage-undo [name=next]").value;
    return isSame ? Math.min(place, all.length - 1) : 0;
}

function parse(html) {
    const box = document.createElement("template");
    box.innerHTML = html;
    return box.content.querySelector(CARD);
}

/* Take a card out, or show what it is now. Whoever stands on it keeps a place to stand. */
function settle(card, reply) {
    const hasFocus = card.contains(document.activeElement);
    if (reply.done && !reply.stays) {
        if (hasFocus && neighbour(card)) goTo(neighbour(card));
        card.closest("li").remove();
    } else {
        const fresh = parse(reply.card);
        if (!reply.stays) fresh.dataset.gone = "";
        card.replaceWith(fresh);
        if (hasFocus) goTo(fresh);
    }
    const here = current();
    if (here && !hasFocus) goTo(here); // it has moved up
    if (lane() && !cards().some((other) => !("gone" in other.dataset))) return refill();
}

async function refill() {
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    const answer = await fetch(words.results + location.search, { headers }).catch(() => null);
    if (!answer?.ok) {
        isLeaving = waiting < 2; // what was decided is stored; only the next comments are missing
        return location.reload();
    }
    const results = document.getElementById("listing-results");
    results.innerHTML = await answer.text();
    const first = cards()[0] ?? results.querySelector(".massage-desk__empty");
    if (first) goTo(first);
}

/* ---- Deciding ---- */

let queue = Promise.resolve();
let waiting = 0;
let isLeaving = false;

/* Do one thing after the other, in the order in which they were decided; one that fails stops no other. */
function inTurn(task) {
    waiting += 1;
    queue = queue.then(task).catch(() => say(words.failed, { isWarning: true })).finally(() => { waiting -= 1; });
}

async function post(url, body) {
    body.set("next", location.pathname + location.search);
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.status === 404) return { done: false, isGone: true };
    if (answer.redirected) { // signed out meanwhile: signing in leads back to this list, and what was not decided
        isLeaving = true;
        location.reload();
        return new Promise(() => {});
    }
    return answer.headers.get("Content-Type")?.startsWith("application/json") ? answer.json() : null;
}

function decide(form, button) {
    const card = form.closest(CARD);
    if (card.getAttribute("aria-busy") === "true") return;
    const body = new FormData(form, button);
    card.setAttribute("aria-busy", "true");
    const next = neighbour(card);
    if (next) goTo(next);
    const made = {};
    decided.push(made);
    inTurn(() => send(form, button, card, body, made));
}

async function send(form, button, card, body, made) {
    let reply;
    try {
        reply = await post(form.action, body);
    } catch (error) {
        forget(made);
        card.removeAttribute("aria-busy");
        if (!current()) goTo(card); // the next key is meant for where she stands now
        throw error;
    }
    if (!reply?.undo) forget(made);
    if (reply === null) return submitPlainly(form, button);
    if (reply.isGone) {
        say(words.gone, { isWarning: true });
        return settle(card, { done: true, stays: false });
    }
    if (reply.undo) Object.assign(made, reply.undo, { pk: card.dataset.pk }, placeOf(card.closest("li")));
    say(reply.message, { isWarning: !reply.done, canUndo: Boolean(reply.undo) });
    countSoon();
    return settle(card, reply);
}

const placeOf = (row) => ({ row, list: row.parentElement, before: row.nextElementSibling });

function forget(made) {
    const place = decided.indexOf(made);
    if (place >= 0) decided.splice(place, 1);
}

function submitPlainly(form, button) {
    isLeaving = true;
    form.dataset.plain = "";
    form.requestSubmit(button);
}

function undo() {
    const last = decided.pop();
    if (last) inTurn(() => takeBack(last));
    else if (!pressUndoOfPage()) say(words.noUndo);
}

/* Press the button of Wagtail's message, or the one of the history: decisions of the page before. */
function pressUndoOfPage() {
    const button = document.querySelector(".massage-undo, .massage-take-back");
    button?.form.requestSubmit(button);
    return Boolean(button);
}

/* Wait for its answer first: what was decided a moment ago is taken back, and never the decision before it. */
async function takeBack(last) {
    if (!last.url) return say(words.noUndo);
    const body = new FormData(document.getElementById("massage-undo"));
    body.set("version", last.version);
    let reply = null;
    try {
        reply = await post(last.url, body);
    } catch (error) {
        decided.push(last);
        throw error;
    }
    if (reply === null || reply.isGone) return say(reply ? words.gone : words.failed, { isWarning: true });
    say(reply.message, { isWarning: !reply.done });
    countSoon();
    return bringBack(last, reply);
}

/* Put a card where it was. The list may be another one by now: then it comes first, as it was decided earlier. */
function bringBack(last, reply) {
    const fresh = parse(reply.card);
    const shown = cards().find((card) => card.dataset.pk === last.pk);
    if (shown) shown.replaceWith(fresh);
    else if (!reply.stays) return;
    else if (!lane()) return refill();
    else {
        last.row.replaceChildren(fresh);
        const list = document.querySelector(".massage-cards");
        if (list !== last.list) list.prepend(last.row);
        else list.insertBefore(last.row, last.before?.parentElement === list ? last.before : null);
    }
    goTo(fresh);
}

/* ---- Reasons ---- */

function askWhy(form, button) {
    const select = form.querySelector("select[name=reason]");
    if (!select) return press(form, button);
    const choices = [...select.options].map((option, number) => {
        const row = document.createElement("li");
        const choice = document.createElement("button");
        choice.type = "button";
        choice.className = "button button-secondary";
        choice.dataset.key = number ? String(number) : "r";
        const key = document.createElement("kbd");
        key.textContent = choice.dataset.key;
        choice.append(key, option.textContent);
        choice.addEventListener("click", () => {
            reasons.close();
            select.value = option.value;
            press(form, button);
        });
        row.append(choice);
        return row;
    });
    reasons.querySelector("ol").replaceChildren(...choices);
    reasons.showModal();
}

reasons.querySelector(":scope > button").addEventListener("click", () => reasons.close());
reasons.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const choice = reasons.querySelector(`[data-key="${CSS.escape(letter(event))}"]`);
    if (!choice) return;
    event.preventDefault();
    choice.click();
});

/* ---- Keys ---- */

/* Return the key as on a Latin keyboard, whatever is written on it. */
function letter(event) {
    const isForeign = event.key.length === 1 && event.key > "\u007f";
    return isForeign ? event.code.replace(/^(Key|Digit)/, "").toLowerCase() : event.key.toLowerCase();
}

function press(form, button) {
    if (lane()) decide(form, button);
    else form.requestSubmit(button);
}

function decideBy(key) {
    const card = current() ?? document.querySelector(".massage-card--this");
    if (!card) return say(words.choose);
    const buttons = VERBS[key].map((verb) => card.querySelector(`button[name=verb][value=${verb}]`));
    const button = buttons.find(Boolean);
    if (!button) return say(words.noButton);
    return key === "r" ? askWhy(button.form, button) : press(button.form, button);
}

function tick() {
    const box = current()?.querySelector("[name=seen]");
    if (!box) return say(words.choose);
    box.click();
    return say(box.checked ? words.ticked : words.unticked);
}

function help() {
    document.getElementById("keyboard-shortcuts-dialog")?.dispatchEvent(new CustomEvent("w-dialog:show"));
}

const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    a: () => decideBy("a"),
    r: () => decideBy("r"),
    s: () => decideBy("s"),
    x: tick,
    u: undo,
    o: () => current()?.querySelector("h3 a")?.click(),
    "/": () => document.querySelector("[data-search-form] [name=q]")?.focus(),
    "?": help,
};
const HELD = new Set(["j", "k"]); // the only ones that may repeat while they are held

function onKey(event) {
    const key = letter(event);
    const isWithModifier = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && /[a-z]/.test(key));
    const isTyping = event.isComposing || event.target.closest?.(FIELDS);
    const isElsewhere = document.querySelector("dialog[open], .w-dialog:not([aria-hidden=true]), .modal.in");
    if (!(key in KEYS) || isWithModifier || isTyping || isElsewhere) return;
    if (key === "/" && !document.querySelector("[data-search-form]")) return;
    event.preventDefault(); // Wagtail's own search key too
    if (!event.repeat || HELD.has(key)) KEYS[key]();
}

function offerKeys() {
    const config = JSON.parse(document.getElementById("wagtail-config")?.textContent ?? "{}");
    if (config.KEYBOARD_SHORTCUTS_ENABLED === false) return;
    window.addEventListener("keydown", onKey, { capture: true });
    const hint = document.querySelector(".massage-keys-hint");
    if (hint) hint.hidden = false;
    document.querySelector("[data-massage-help]")?.addEventListener("click", help);
    // Wagtail's list of shortcuts may still wait in its template.
    const roots = [document, ...[...document.querySelectorAll("template")].map((template) => template.content)];
    const list = roots.map((root) => root.querySelector("#keyboard-shortcuts-dialog table")).find(Boolean);
    const ours = document.getElementById("massage-keys").content.cloneNode(true);
    list?.insertBefore(ours, list.querySelector("tbody"));
}

/* ---- Counts ---- */

let counting = 0;

async function count() {
    const places = document.querySelectorAll("[data-lane-count]");
    if (!words.counts || !places.length || document.visibilityState !== "visible") return;
    try {
        const answer = await fetch(words.counts + location.search, { headers: { Accept: "application/json" } });
        const { lanes, menu } = await answer.json();
        for (const place of places) {
            const known = lanes[place.dataset.laneCount];
            if (known !== undefined) place.textContent = known;
        }
        const item = document.querySelector(`#wagtail-sidebar a[href="${words.index}"] .menuitem-label`);
        if (item && menu) item.textContent = menu;
    } catch { /* the numbers stay as they are */ }
}

function countSoon() {
    clearTimeout(counting);
    counting = setTimeout(count, 500);
}

/* ---- Start ---- */

document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!form.matches(".massage-lane .massage-card form") || submitter?.name !== "verb" || "plain" in form.dataset) return;
    event.preventDefault();
    decide(form, submitter);
});
document.addEventListener("click", (event) => {
    const part = lane() && event.target.closest(`${CARD} :is(a, button)`);
    if (part?.matches("a")) keepPlace(part);
    // The second half of a double click hits the card that has just come to that place: nobody has read it yet.
    else if (part && event.detail > 1) event.preventDefault();
});
undoButton.addEventListener("click", undo);
toast.addEventListener("pointerenter", () => clearTimeout(silence));
toast.addEventListener("pointerleave", beSilentLater);
toast.addEventListener("focusin", () => clearTimeout(silence));
toast.addEventListener("focusout", beSilentLater);
document.addEventListener("visibilitychange", count);
// Decisions that the site has not heard of yet would be lost without a word.
window.addEventListener("beforeunload", (event) => { if (waiting && !isLeaving) event.preventDefault(); });
setInterval(count, COUNTS_MS);
offerKeys();
