import type { components } from "./api";

export type Schemas = components["schemas"];
export type Page = Exclude<Schemas["MassageRoutedPage"], { kind: "page" }>;
export type Block = Schemas["MassageBenefitListDetail"]["body"][number];

export const CMS = process.env.CMS ?? "http://localhost:8000";

/** Read the API; null where there is nothing. */
export async function read<T>(path: string): Promise<T | null> {
  const response = await fetch(`${CMS}/api/massage/v1/${path}`);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`The CMS answered ${response.status} to ${path}`);
  return response.json();
}

/** The CMS may name an image without its own origin. */
export function absolute(address: string) {
  return new URL(address, CMS).href;
}

/** A page of the CMS is at the same path here. */
export function pathOf(address: string | null) {
  return address ? new URL(address, CMS).pathname : "/";
}
