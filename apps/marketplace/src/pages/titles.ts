import { toUnicode } from 'punycode.js'
import type { Texts } from './texts/shape.ts'

type Named = { readonly title: string }

/** What a page is called: in the browser's tab, its history, and by search engines. */
export function titleOf(path: string, search: string, texts: Texts): string {
  const [, , place = '', part] = path.split('/')
  if (place === 'names' && part !== undefined)
    return `${texts.name.title.replace('{name}', nameIn(part))} · ${texts.brand}`
  if (place === 'account') {
    const section = Object.entries(texts.account.sections).find(([name]) => name === part)?.[1]
    return `${section ?? texts.account.title} · ${texts.brand}`
  }
  const zone = zoneAlone(search)
  if (place === 'names' && zone !== undefined)
    return `${texts.names.ofZone.replace('{zone}', zone)} · ${texts.brand}`
  // A page's texts are there with the page.
  const named: Readonly<Record<string, Named | undefined>> = {
    names: texts.names,
    order: texts.order,
    orders: texts.orders,
    help: texts.help,
    'sign-in': texts.signIn,
    'sign-up': texts.signUp,
  }
  return `${named[place]?.title ?? texts.names.title} · ${texts.brand}`
}

/** A name in an address. What cannot be decoded stays as it is. */
export function nameIn(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The zone of a list that is narrowed by one zone and nothing else, as people read it. */
export function zoneAlone(search: string): string | undefined {
  const [[parameter, value = ''] = [], ...others] = [...new URLSearchParams(search)]
  const isZone = parameter === 'zone' && others.length === 0 && /^[\w.-]+$/.test(value)
  return isZone ? toUnicode(value) : undefined
}
