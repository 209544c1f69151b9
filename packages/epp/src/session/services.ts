import type { LoginTerms } from '../commands/login.ts'
import { CONTACT_URI, DOMAIN_URI, HOST_URI, RGP_URI } from '../namespaces.ts'
import type { Greeting } from '../responses/greeting.ts'

const OBJECTS: ReadonlySet<string> = new Set([DOMAIN_URI, CONTACT_URI, HOST_URI])

/** RGP tells redemption from pendingDelete. secDNS is not ours to set, and fee data is asked for only by those who read it. */
export const DEFAULT_EXTENSIONS: readonly string[] = [RGP_URI]

const VERSION = '1.0'

/**
 * What to log in with: the intersection of what we speak and what the greeting offers, in its spelling.
 * Throws `Error` when the registry offers no EPP 1.0, no language or no domains. RFC 5730 §2.9.1.1.
 */
export function agreeServices(
  greeting: Greeting,
  wanted: { readonly lang: string; readonly extensions: readonly string[] },
): LoginTerms {
  const lang = greeting.langs.find((offered) => offered.toLowerCase() === wanted.lang.toLowerCase())
  const terms = {
    version: greeting.versions.find((offered) => offered === VERSION),
    lang: lang ?? greeting.langs[0],
    objects: greeting.objects.filter((uri) => OBJECTS.has(uri)),
    extensions: greeting.extensions.filter((uri) => wanted.extensions.includes(uri)),
  }
  if (terms.version === undefined) throw new Error('the registry does not speak EPP 1.0')
  if (terms.lang === undefined) throw new Error('the greeting names no language')
  if (!terms.objects.includes(DOMAIN_URI)) throw new Error('the registry serves no domain objects')
  return { ...terms, version: terms.version, lang: terms.lang }
}
