import type { components } from "./api";

export type Schemas = components["schemas"];
export type Page = Exclude<Schemas["MassageRoutedPage"], { kind: "page" }>;

export const CMS = process.env.CMS ?? "http://localhost:8000";

/** Read the API. What is read is kept until a webhook names one of its tags, or for a minute. */
export async function read<T>(path: string, tags: string[]): Promise<T | null> {
  const response = await fetch(`${CMS}/api/massage/v1/${path}`, { next: { tags, revalidate: 60 } });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`The CMS answered ${response.status} to ${path}`);
  return response.json();
}

/** Return what is at a path of the site: a page, a redirect, or null. */
export function route(path: string) {
  return read<Schemas["MassageRoute"]>(`route/?path=${encodeURIComponent(path)}`, ["massage-sitemap"]);
}

/** The CMS may name an image without its own origin. */
export function absolute(address: string) {
  return new URL(address, CMS).href;
}

/** A page of the CMS is at the same path here. */
export function pathOf(address: string | null) {
  return address ? new URL(address, CMS).pathname : "/";
}
