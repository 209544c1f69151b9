/** The XML namespaces of EPP and its objects, which are also the service URIs of greeting and login. Elements are matched by these, never by a prefix.
 * Those of extensions are in `extensions`. */
export const EPP_URI = 'urn:ietf:params:xml:ns:epp-1.0'
export const DOMAIN_URI = 'urn:ietf:params:xml:ns:domain-1.0'
export const CONTACT_URI = 'urn:ietf:params:xml:ns:contact-1.0'
export const HOST_URI = 'urn:ietf:params:xml:ns:host-1.0'
export const RGP_URI = 'urn:ietf:params:xml:ns:rgp-1.0'
/** RFC 9038: with it, the registry wraps data of namespaces that are not in the login instead of sending it unwrapped. */
export const UNHANDLED_URI = 'urn:ietf:params:xml:ns:epp:unhandled-namespaces-1.0'
