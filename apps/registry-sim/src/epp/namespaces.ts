import { extensionUris } from '../registry/conduct.ts'
import type { RegistrySettings } from '../registry/settings.ts'

export const EPP = 'urn:ietf:params:xml:ns:epp-1.0'
export const DOMAIN = 'urn:ietf:params:xml:ns:domain-1.0'
export const CONTACT = 'urn:ietf:params:xml:ns:contact-1.0'
export const HOST = 'urn:ietf:params:xml:ns:host-1.0'

export type Menu = { readonly objects: readonly string[]; readonly extensions: readonly string[] }

/** The services that a registry's greeting offers and its login accepts. */
export function menuOf({ contacts, hosts, extensions, otherExtensions }: RegistrySettings): Menu {
  return {
    objects: [DOMAIN, ...(contacts === 'none' ? [] : [CONTACT]), ...(hosts === 'attributes' ? [] : [HOST])],
    extensions: [...extensions.map((name) => extensionUris[name]), ...otherExtensions],
  }
}
