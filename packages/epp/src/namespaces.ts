/** XML namespaces, which are also the service URIs of greeting and login. Matching is on these, never on a prefix. */
export const EPP_URI = 'urn:ietf:params:xml:ns:epp-1.0'
export const DOMAIN_URI = 'urn:ietf:params:xml:ns:domain-1.0'
export const CONTACT_URI = 'urn:ietf:params:xml:ns:contact-1.0'
export const HOST_URI = 'urn:ietf:params:xml:ns:host-1.0'
export const RGP_URI = 'urn:ietf:params:xml:ns:rgp-1.0'
