import type { Metadata } from "next";
import { notFound, permanentRedirect, redirect } from "next/navigation";
import Script from "next/script";

import { Body, Picture } from "../../lib/blocks";
import { CMS, type Page, pathOf, read, route, type Schemas } from "../../lib/massage";

type Props = { params: Promise<{ path?: string[] }> };

async function find({ params }: Props): Promise<Page | null> {
  const { path = [] } = await params;
  if (path.length === 0) return null;
  const found = await route(`/${path.map(decodeURIComponent).join("/")}/`);
  if (found?.kind === "redirect") {
    if (found.is_permanent) permanentRedirect(found.location);
    redirect(found.location);
  }
  if (!found?.page || !("body" in found.page)) notFound();
  return found.page;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await find(props);
  return page ? { title: page.seo.title, description: page.seo.description } : { title: "Journal" };
}

export default async function At(props: Props) {
  const page = await find(props);
  return <main>{page ? <Article page={page} /> : <Index />}</main>;
}

async function Index() {
  const articles = await read<Schemas["MassageBenefitListList"]>("benefit-lists/?limit=20", ["massage-list-benefit-lists"]);
  return (
    <ul>
      {articles?.items.map((card) => (
        <li key={card.id}>
          <a href={pathOf(card.html_url)}>{card.title}</a>
        </li>
      ))}
    </ul>
  );
}

function Article({ page }: { page: Page }) {
  return (
    <>
      <article lang={page.locale}>
        <h1>{page.title}</h1>
        <p>{page.standfirst}</p>
        <Picture image={page.hero} />
        <Body blocks={page.body} />
      </article>
      {page.comments && <div dangerouslySetInnerHTML={{ __html: element(page.id) }} />}
      <Script type="module" src={`${CMS}/static/wagtail_massage_comments/element/massage-comments.min.js`} />
    </>
  );
}

/** React leaves what it did not make alone, so the element keeps its own content over navigations. */
function element(page: number) {
  return `<massage-comments api="${CMS}/api/massage/v1/" page="${page}"></massage-comments>`;
}
