/**
 * `<massage-comments api="https://cms.example.com/api/massage/v1/" page="7">`: the comments of a page.
 *
 * What stands inside the element is shown until the comments have come, and stays where they do not: print the list
 * and the plain form there. README.md beside this file names attributes, events and parts.
 */

import { reach } from "./modules/api.js";
import { h } from "./modules/dom.js";
import { explain } from "./modules/form.js";
import { state } from "./modules/own.js";
import { store } from "./modules/store.js";
import CSS from "./modules/styles.css";
import { makeThread } from "./modules/thread.js";
import { writing } from "./modules/writing.js";

const HASH = /^#comment-([\da-f-]{36})$/;
const NEAR = "600px"; // so far from being seen the comments are fetched
const SAID_FOR = 10000; // milliseconds

export class MassageComments extends HTMLElement {
  static get observedAttributes() {
    return ["api", "page"];
  }

  connectedCallback() {
    this.onHash = () => this.thread && follow(this);
    window.addEventListener("hashchange", this.onHash);
    begin(this);
  }

  disconnectedCallback() {
    window.removeEventListener("hashchange", this.onHash);
    this.watch.disconnect();
    this.run = null;
  }

  attributeChangedCallback(_name, before, now) {
    if (this.isConnected && this.watch && before !== now) begin(this);
  }

  /** Fetch everything anew. */
  reload() {
    return load(this);
  }
}

/** Load once the element comes near, at once where the address leads to a comment. */
function begin(host) {
  if (host.watch) host.watch.disconnect();
  host.watch = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      host.watch.disconnect();
      load(host);
    },
    { rootMargin: NEAR },
  );
  if (HASH.test(location.hash)) load(host);
  else host.watch.observe(host);
}

/** Make what all parts share, fetch what is needed, and draw it. */
async function load(host) {
  const get = (name) => host.getAttribute(name);
  const run = (host.run = {});
  const page = get("page");
  const language = languageOf(host);
  const ask = reach(get("api") || "/api/massage/v1/", get("site"), language);
  const name = `massage-comments:${page}:${get("api") || ""}`;
  const receipts = store(() => localStorage, name); // they hold no text
  // For as long as the tab is open, because nobody knows yet whether they will be about somebody's health.
  const drafts = store(() => sessionStorage, name);
  const own = new Map();
  let words, thread, saying;
  const t = (text) => words[text] || text;
  const status = h("p.status", { role: "status" });
  const heading = h("h2.heading", { id: "heading", tabindex: -1 });
  const token = host.authorToken && (async () => (typeof host.authorToken === "function" ? host.authorToken() : host.authorToken));
  const ui = { t, ask, language, drafts, own, token, heading, fetchPart, read, send, amend, redraw, dismiss, unfold, say };

  function fetchPart(sort, cursor) {
    return ask(`pages/${page}/comments/`, { query: { cursor, sort } });
  }

  async function readWords() {
    words = {};
    const theirs = /^en\b/.test(language) ? {} : await ask("comment-words/", { query: { locale: language } }).catch(() => ({}));
    words = { ...theirs.words, ...JSON.parse(get("words") || "{}") };
  }

  async function read(id) {
    const found = await ask(`comments/${id}/own/`, { receipt: receipts.read()[id] });
    own.set(id, found);
    if (found.reason === "withdrawn") forget(id);
    return found;
  }

  /** Read what the visitor wrote here before. A receipt that opens nothing any more is forgotten. */
  const readOwn = () =>
    Promise.all(Object.keys(receipts.read()).map((id) => read(id).catch((problem) => problem.status === 404 && forget(id))));

  function forget(id) {
    receipts.keep(id);
    own.delete(id);
  }

  function dismiss(id) {
    forget(id);
    thread.drop(id);
    heading.focus();
  }

  /** Show the comment at once, then what the CMS makes of it. */
  async function send(draft, key) {
    thread.put({ ...draft, id: key, author: { name: draft.author_name }, created_at: new Date().toISOString() });
    let posted;
    try {
      posted = await post(draft, key);
    } catch (problem) {
      tell("error", { problem });
      throw problem;
    } finally {
      thread.drop(key);
    }
    const { id, receipt, notices } = posted;
    if (notices[0]) drafts.clear(); // about somebody's health: nothing of it stays here
    if (receipt) {
      receipts.keep(id, receipt);
      await read(id).catch(() => own.set(id, { ...posted, ...notices[0] }));
    }
    const found = own.get(id) || posted;
    thread.grow(found.state === "APPROVED");
    redraw(found);
    tell("posted", { id, state: found.state });
  }

  /** A form that is too young, or too old, is sent once more with the token that the CMS gives. */
  async function post(body, key, isLast) {
    const path = `pages/${page}/comments/`;
    try {
      return await ask(path, { body, key });
    } catch (problem) {
      if (isLast || !problem.form_token) throw problem;
      await new Promise((done) => setTimeout(done, problem.seconds * 1000));
      return post({ ...body, form_token: problem.form_token }, key, true);
    }
  }

  /** Ask the CMS to change the own comment, and show what came of it. */
  async function amend(id, path, method, body) {
    const before = own.get(id).state;
    let found;
    try {
      found = await ask(`comments/${id}/own/${path}`, { method, body, receipt: receipts.read()[id] });
    } catch (problem) {
      if (problem.status === 409) thread.put(await read(id)); // it is another one now, or has other words to agree to
      say(explain(t, problem));
      throw problem;
    }
    own.set(id, found);
    thread.grow((found.state === "APPROVED") - (before === "APPROVED"));
    if (found.state === "REMOVED") {
      dismiss(id);
      say(t("This comment was removed."));
    } else redraw(found);
    tell("changed", { id, state: found.state });
  }

  /** Show the own comment as it is now, say in a sentence how that is, and lead there. */
  function redraw(found) {
    const entry = thread.put(found);
    entry.slot.replaceChildren();
    say(found.health ? t("You write about your health") : state(ui, found) || t("It is public now."));
    entry.article.focus();
  }

  /** Put a form below a comment. */
  function unfold(id, make) {
    const entry = thread.known.get(id);
    const opener = host.shadowRoot.activeElement;
    entry.slot.replaceChildren(
      make((isDone) => {
        entry.slot.replaceChildren();
        if (!isDone) opener.focus();
      }),
    );
    entry.slot.querySelector("textarea, input, button").focus();
  }

  /** Tell everybody, those who only listen included. */
  function say(sentence) {
    status.textContent = sentence;
    clearTimeout(saying);
    saying = setTimeout(() => (status.textContent = ""), SAID_FOR);
  }

  function tell(event, detail) {
    host.dispatchEvent(new CustomEvent("massage-comments:" + event, { detail, bubbles: true, composed: true }));
  }

  /** What stands inside stays; where there is nothing, say what is the matter. */
  function fail(problem) {
    tell("error", { problem });
    if (host.firstElementChild && !host.thread) return;
    const isAbsent = problem.status === 404;
    host.thread = null;
    shadowOf(host).replaceChildren(
      h("p.notice", { role: "status" }, isAbsent ? t("There are no comments on this page.") : explain(t, problem)),
      isAbsent ? "" : h("button.button", { click: () => load(host) }, t("Try again")),
    );
  }

  function build(part) {
    const { policy, mayWrite } = ui;
    const plain = !host.thread && host.querySelector("form"); // what was typed there goes on here
    const url = policy.open && get("sign-in");
    ui.thread = thread = host.thread = makeThread(ui);
    heading.append(t("Comments"), " ", thread.total);
    const form = mayWrite && writing(ui);
    shadowOf(host).replaceChildren(
      h("header.head", heading, thread.order),
      ...thread.nodes,
      h("div.write",
        form && h("h3.heading", t("Write a comment")),
        h("p.notice", policy.notice, " ", form && policy.usual_wait),
        form || (url && h("p", h("a", { href: url }, t("Sign in to write a comment")))),
      ),
      status,
    );
    thread.restart(part);
    for (const [name, value] of plain ? new FormData(plain) : []) {
      const control = form && form.elements[name];
      if (control && !control.value) control.value = value;
    }
    host.replaceChildren(); // what stood there is of no more use, and has the same ids
    host.id = host.id || "comments"; // links to the list lead here
  }

  try {
    const [policy, part] = await Promise.all([ask(`pages/${page}/comment-policy/`), fetchPart(), readWords(), readOwn()]);
    if (host.run !== run) return;
    ui.policy = policy;
    ui.mayWrite = policy.open && (!policy.members_only || !!token);
    build(part);
  } catch (problem) {
    if (host.run === run) fail(problem);
    if (problem instanceof Error) throw problem; // a mistake of ours
    return;
  }
  tell("loaded", { count: thread.count() });
  host.say = () => say(t("This comment cannot be seen here."));
  await follow(host);
}

/** Lead to the comment that the address names. */
async function follow(host) {
  const [, id] = HASH.exec(location.hash) || [];
  if (id) await host.thread.lead(id).catch(host.say);
}

function shadowOf(host) {
  if (host.shadowRoot) return host.shadowRoot;
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
  return root;
}

/** The language of the words: the element's, or the one of what it stands in. */
function languageOf(host) {
  const around = host.closest("[lang]");
  return ((around && around.lang) || "en").replace("_", "-");
}

if (!customElements.get("massage-comments")) customElements.define("massage-comments", MassageComments);
