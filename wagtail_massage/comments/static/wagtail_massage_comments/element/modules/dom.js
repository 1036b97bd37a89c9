/** Elements, made one by one: no string ever becomes HTML, so Trusted Types and a strict CSP have nothing to refuse. */

/**
 * Make an element: `h("p.help", { id: "x", click: act }, "Words", another)`.
 * @param {string} spec its name, and behind a dot its `part`s
 * @param {...(object | Node | string | Array | null | false | undefined)} rest attributes and listeners, and children
 */
export function h(spec, ...rest) {
  const [name, part] = spec.split(".");
  const node = document.createElement(name);
  if (part) node.setAttribute("part", part);
  for (const child of rest.flat(2)) {
    if (child instanceof Node || typeof child === "string") node.append(child);
    else
      for (const [key, value] of Object.entries(child || {})) {
        if (typeof value === "function") node.addEventListener(key, value);
        else if (value || value === 0) node.setAttribute(key, value === true ? "" : value);
      }
  }
  return node;
}

const TOKEN = /<(\/?)(p|br|a)(?: href="([^"]*)"[^>]*)?>|[^<]+|</g;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" }; // all that the CMS writes
const plain = (text) => text.replace(/&(#?\w+);/g, (whole, name) => ENTITIES[name] || whole);

/**
 * Build what the CMS calls `body_html` (paragraphs, line breaks, links) from its tokens.
 * Whatever else might stand there stays text, and a link that leads elsewhere than to the web is none.
 */
export function rich(html) {
  const all = document.createDocumentFragment();
  let place = all;
  for (const [token, closes, name, href] of html.matchAll(TOKEN)) {
    if (!name) place.append(plain(token));
    else if (closes) place = place.parentNode || all;
    else {
      const url = plain(href || "");
      const node = h(name, /^https?:\/\//i.test(url) && { href: url, rel: "nofollow ugc noopener" });
      place.append(node);
      if (name !== "br") place = node;
    }
  }
  return all;
}

const UNITS = { year: 31536000, month: 2592000, week: 604800, day: 86400, hour: 3600, minute: 60 };

/** How long ago a moment was, in words of the language, with the moment itself for machines and on hovering. */
export function ago(moment, language) {
  const seconds = Math.min(0, (Date.parse(moment) - Date.now()) / 1000);
  const [unit, length] = Object.entries(UNITS).find((entry) => -seconds >= entry[1]) || ["second", Infinity];
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.trunc(seconds / length), unit);
  const title = new Date(moment).toLocaleString(language, { dateStyle: "long", timeStyle: "short" });
  return h("time", { datetime: moment, title }, words);
}
