/** Whole pages: what stands in the head, around, and between the blocks. */

import { body, picture } from "./blocks.js";
import { comments } from "./comments.js";
import { data, fromCms, html } from "./html.js";

/** @typedef {import("wagtail-massage/api").components["schemas"]} Schemas */
/** @typedef {import("./html.js").Html} Html */
/** @typedef {Schemas["MassageRoutedPage"]} Page */

/**
 * What every page needs to know of where it is.
 * @typedef {object} Place
 * @property {string} name the site's name
 * @property {string} origin where this front end is
 * @property {string} cms where the CMS is
 * @property {(address: string) => string} absolute
 */

/**
 * The part of a thread that a page begins with, and what may be written below it.
 * @typedef {{ part: Schemas["MassageCommentThreadPart"], policy: Schemas["MassageCommentPolicy"] }} Thread
 */

/**
 * @param {Place} place
 * @param {Schemas["MassageTreatmentList"]} treatments
 * @param {Schemas["MassageBenefitListList"]} articles
 */
export function index(place, treatments, articles) {
  const title = place.name;
  const main = html`<h1>${title}</h1>
<section aria-labelledby="treatments"><h2 id="treatments">Treatments</h2>
<ul class="cards">${treatments.items.map((card) => treatmentCard(card, place))}</ul></section>
<section aria-labelledby="journal"><h2 id="journal">From the journal</h2>
<ul class="cards">${articles.items.map((card) => articleCard(card, place))}</ul></section>`;
  return layout(place, { title, description: "Treatments and articles", path: "/", locale: "en" }, main);
}

/**
 * @param {Place} place
 * @param {Page} page
 * @param {Thread | null} thread
 * @param {{ isDraft?: boolean, said?: string, userBar?: string }} [how] `said`: what became of the comment that was just sent
 */
export function page(place, page, thread, { isDraft = false, said = "", userBar = "" } = {}) {
  const head = {
    title: page.seo.title,
    description: page.seo.description,
    path: page.path,
    locale: page.locale,
    image: page.hero?.src ? place.absolute(page.hero.src) : null,
    isDraft,
    nodes: nodes(place, page),
  };
  const main = html`${isDraft && html`<p class="draft" role="note">This is a draft. Only who has this address sees it.</p>`}
<article lang="${page.locale}">
<header><h1>${page.title}</h1>
${page.standfirst && html`<p class="standfirst">${page.standfirst}</p>`}
${page.kind === "benefit-list" && byline(page)}
${picture(page.hero, place.absolute, { eager: true })}</header>
${page.kind !== "page" && body(page.body, place.absolute)}
${page.kind === "treatment" && about(page)}
${page.kind === "benefit-list" && links("The treatments", page.treatments)}
</article>
${thread && comments(place, page, thread, said)}`;
  return layout(place, head, main, fromCms(userBar));
}

/** @param {Place} place @param {number} status @param {string} words */
export function refusal(place, status, words) {
  const title = status === 404 ? "There is no such page" : "This page is not there just now";
  const main = html`<h1>${title}</h1><p>${words}</p><p><a href="/">To the beginning</a></p>`;
  return layout(place, { title, description: "", path: null, locale: "en" }, main);
}

/**
 * @param {Place} place
 * @param {{ title: string, description: string, path: string | null, locale: string, image?: string | null, isDraft?: boolean, nodes?: unknown[] }} head
 * @param {Html} main
 * @param {Html | null} [end] what comes last
 */
function layout(place, head, main, end = null) {
  const title = head.title === place.name ? head.title : `${head.title} · ${place.name}`;
  const address = head.path === null ? null : place.origin + head.path;
  return html`<!doctype html>
<html lang="${head.locale}" dir="${direction(head.locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${head.description && html`<meta name="description" content="${head.description}">`}
${head.isDraft || !address ? html`<meta name="robots" content="noindex">` : html`<link rel="canonical" href="${address}">`}
<meta property="og:title" content="${head.title}">
${address && html`<meta property="og:url" content="${address}">`}
${head.image && html`<meta property="og:image" content="${head.image}">`}
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/site.css">
<script type="module" src="/massage-comments.js"></script>
${(head.nodes ?? []).map((node) => html`<script type="application/ld+json">${data(node)}</script>`)}
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="site"><a href="/">${place.name}</a></header>
<main id="main">${main}</main>
<footer class="site"><p>This front end reads <a href="${place.cms}/">the site</a> through its API.</p></footer>
${end}</body>
</html>
`;
}

/** @param {string} locale @returns {string} */
function direction(locale) {
  return /^(ar|dv|fa|he|ku|ps|sd|ug|ur|yi)\b/.test(locale) ? "rtl" : "ltr";
}

/** What search engines read about a page, as schema.org. @param {Place} place @param {Page} page */
function nodes(place, page) {
  const node = {
    "@context": "https://schema.org",
    name: page.title,
    description: page.seo.description,
    url: place.origin + page.path,
    inLanguage: page.locale,
    ...(page.hero?.src ? { image: place.absolute(page.hero.src) } : {}),
  };
  if (page.kind === "page") return [];
  if (page.kind === "treatment") {
    return [{ ...node, "@type": "Service", offers: page.options.filter((one) => one.price).map(offer) }];
  }
  const article = {
    ...node,
    "@type": "Article",
    headline: page.title,
    datePublished: page.display_date ?? page.first_published_at,
    dateModified: page.last_published_at,
    ...(page.author ? { author: { "@type": "Person", name: page.author.name } } : {}),
  };
  const entries = page.contents.map(({ heading, anchor }, index) => ({
    "@type": "ListItem",
    position: index + 1,
    name: heading,
    url: `${node.url}#${anchor}`,
  }));
  return [article, { "@context": "https://schema.org", "@type": "ItemList", name: page.title, itemListElement: entries }];
}

/** @param {Schemas["MassageOption"]} option */
function offer({ label, price, currency }) {
  return { "@type": "Offer", name: label, price, priceCurrency: currency };
}

/** @param {Schemas["MassageTreatmentListItem"]} card @param {Place} place */
function treatmentCard(card, place) {
  const minutes = card.options.map((option) => option.minutes).sort((one, other) => one - other);
  const facts = minutes.length > 0 && html`<p class="facts">${[...new Set(minutes)].join(", ")} minutes</p>`;
  return cardOf(card, place, facts || null);
}

/** @param {Schemas["MassageBenefitListListItem"]} card @param {Place} place */
function articleCard(card, place) {
  return cardOf(card, place, html`<p class="facts">${card.reading.minutes} min to read</p>`);
}

/** @param {Schemas["MassageTreatmentListItem"] | Schemas["MassageBenefitListListItem"]} card @param {Place} place @param {Html | null} facts */
function cardOf(card, place, facts) {
  return html`<li lang="${card.locale}">${picture(card.hero, place.absolute, { sizes: "(min-width: 44rem) 20rem, 100vw" })}
<h3><a href="${card.path}">${card.title}</a></h3><p>${card.standfirst}</p>${facts}</li>`;
}

/** @param {Schemas["MassageBenefitListDetail"]} page */
function byline({ author, display_date: date, reading }) {
  const day = date && html`<time datetime="${date}">${new Date(date).toLocaleDateString("en-GB", { dateStyle: "long" })}</time>`;
  return html`<p class="facts">${author && `${author.name}, ${author.role} · `}${day}${day && " · "}${reading.minutes} min to read</p>`;
}

/** @param {Schemas["MassageTreatmentDetail"]} page */
function about(page) {
  const { what_to_expect: expect, prepare, aftercare } = page.guidance;
  return html`${chapter("What to expect", expect)}
${chapter("How to prepare", prepare)}
${safety(page.contraindications)}
${prices(page)}
${chapter("Aftercare", aftercare)}
${links("Read about it", page.articles)}`;
}

/** @param {string} heading @param {Schemas["MassageRichText"]} text */
function chapter(heading, text) {
  return html`${text.html && html`<section><h2>${heading}</h2>${fromCms(text.html)}</section>`}`;
}

/** Guests meet what speaks against a treatment before they can book it. @param {Schemas["MassageContraindication"][]} items */
function safety(items) {
  if (items.length === 0) return html``;
  const entries = items.map(
    (item) => html`<li data-level="${item.level}"><p><strong>${item.instruction}</strong></p>${item.explanation && html`<p>${item.explanation}</p>`}</li>`,
  );
  return html`<section class="safety" aria-labelledby="safety"><h2 id="safety">Before you book</h2><ul>${entries}</ul></section>`;
}

/** @param {Schemas["MassageTreatmentDetail"]} page */
function prices({ options, locale }) {
  if (options.length === 0) return html``;
  const rows = options.map((option) => {
    const money = option.price && new Intl.NumberFormat(locale, { style: "currency", currency: option.currency }).format(Number(option.price));
    const price = money ? (option.price_from ? `from ${money}` : money) : "on request";
    const book = option.booking_url && html`<a href="${option.booking_url}">Book<span class="unseen">: ${option.label}</span></a>`;
    return html`<tr><th scope="row">${option.label}</th><td>${option.minutes} min</td><td>${price}</td><td>${book}</td></tr>`;
  });
  return html`<section aria-labelledby="prices"><h2 id="prices">Options and prices</h2><table><tbody>${rows}</tbody></table></section>`;
}

/** @param {string} heading @param {Schemas["MassagePageLink"][]} pages */
function links(heading, pages) {
  if (pages.length === 0) return html``;
  return html`<nav aria-label="${heading}"><h2>${heading}</h2><ul>${pages.map((page) => html`<li><a href="${page.path}">${page.title}</a></li>`)}</ul></nav>`;
}
