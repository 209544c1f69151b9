import type { Schema } from '@droplock/sdk/client'
import { toASCII } from 'punycode.js'

export type Host = { readonly name: string; readonly addresses?: readonly string[] }

/** One host in a line, with the addresses of a host below the name itself after it. */
export function linesOf(hosts: readonly Schema<'NameServer'>[]): string {
  return hosts.map(({ name, addresses = [] }) => [name, ...addresses].join(' ')).join('\n')
}

/** What the lines say; empty ones say nothing. The API checks it. */
export function hostsIn(text: string): Host[] {
  return text.split('\n').flatMap((line) => {
    const [name, ...addresses] = line
      .trim()
      .split(/[\s,]+/)
      .filter((part) => part !== '')
    if (name === undefined) return []
    return [
      { name: toASCII(name.toLowerCase().replace(/\.$/, '')), ...(addresses.length > 0 && { addresses }) },
    ]
  })
}
