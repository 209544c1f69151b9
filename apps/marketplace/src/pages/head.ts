import { languages } from '@droplock/rules/members'
import type { QueryClient } from '@tanstack/react-query'
import type { PageRequest } from './page-state.ts'
import type { Texts } from './texts/shape.ts'

/** Title, description and the same page in the other language, for browsers and search engines. */
export function headOf({ origin, path, search }: PageRequest, texts: Texts, _queries: QueryClient): string {
  const [, , place, name] = path.split('/')
  const title =
    place === 'names' && name !== undefined
      ? `${decodeURIComponent(name)} · ${texts.brand}`
      : `${place === 'help' ? texts.nav.help : texts.names.title} · ${texts.brand}`
  const rest = path.replace(/^\/\w+/, '')
  const links = languages.map(
    (language) =>
      `<link rel="alternate" hreflang="${language}" href="${escape(`${origin}/${language}${rest}${search === '' ? '' : `?${search}`}`)}" />`,
  )
  return [
    `<title>${escape(title)}</title>`,
    `<meta name="description" content="${escape(texts.names.about)}" />`,
    `<link rel="canonical" href="${escape(origin + path)}" />`,
    ...links,
  ].join('\n    ')
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
