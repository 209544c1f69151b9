import { languages } from '@droplock/rules/members'

const ours = new RegExp(String.raw`^/(?:${languages.join('|')})/[^\\\s]*$`)

/** Where a person goes on after the sign-in: a page of this site, or undefined. A link from elsewhere could name any address. */
export function nextIn(search: string): string | undefined {
  const next = new URLSearchParams(search).get('next') ?? ''
  return ours.test(next) ? next : undefined
}

/** The search part that keeps where a person goes on. */
export function withNext(next: string | undefined): string {
  return next === undefined ? '' : `?next=${encodeURIComponent(next)}`
}
