import { z } from 'zod'

/** How a registry treats its clients, beyond plain limits. Everything absent is not done. */

export const milliseconds = z.int().min(0).max(86_400_000)

/** The extensions that a registry can offer: the name used in settings, and the namespace. */
export const extensionUris = {
  rgp: 'urn:ietf:params:xml:ns:rgp-1.0',
  fee: 'urn:ietf:params:xml:ns:epp:fee-1.0',
  secDNS: 'urn:ietf:params:xml:ns:secDNS-1.1',
  loginSec: 'urn:ietf:params:xml:ns:epp:loginSec-1.0',
  namestoreExt: 'http://www.verisign-grs.com/epp/namestoreExt-1.1',
} as const

type ExtensionName = keyof typeof extensionUris
const extensionNames = Object.keys(extensionUris) as ExtensionName[]

export const conduct = z.strictObject({
  extensions: z.array(z.enum(extensionNames)).default(['rgp', 'fee']),
  /** URIs that the greeting offers beside those, and that no command takes: older fee drafts, say. */
  otherExtensions: z.array(z.string().min(1).max(200)).max(50).default([]),
  /** `none`: not offered. `unchecked`: a domain may name any id. `checked`: only contacts that exist. */
  contacts: z.enum(['none', 'unchecked', 'checked']).default('unchecked'),
  /** The same for host objects; `attributes`: name servers are told with the domain (RFC 5731 §1.1). */
  hosts: z.enum(['unchecked', 'checked', 'attributes']).default('unchecked'),
  /** A check of a name that will drop tells when, and names drop at whole seconds. */
  showsDropTime: z.boolean().default(false),
  /** Creates after the purge are applications, decided when this long has passed since the purge. */
  dropzone: z.strictObject({ periodMs: milliseconds }).optional(),
  /** The server takes logins only from this time of the day on, for this long. More by the control API. */
  opening: z
    .strictObject({ atUtc: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/), openMs: milliseconds })
    .optional(),
  /** Whoever connects has to show a certificate of this authority (PEM): without one there is no TLS. */
  clientCertificateCa: z.string().min(1).optional(),
  /** Whoever connects from another address is told so in plain text, and nothing else. */
  clientAddresses: z.array(z.string()).optional(),
  /** A session ends at this age, and after a number of commands drawn between these. */
  sessionLifeMs: milliseconds.min(10).optional(),
  sessionCommands: z.strictObject({ min: z.int().min(1), max: z.int().min(1) }).optional(),
  /** The first command after a login waits until so long after it. */
  loginPauseMs: milliseconds.optional(),
  /** A create answered 2302 is answered this late. */
  slowExistsMs: milliseconds.optional(),
  /** After an error the session runs no command for so long; one sent meanwhile waits, and counts as a violation. */
  errorBlockMs: milliseconds.optional(),
  /**
   * Transforms on one connection are `gapMs` apart. An early one is answered 2400 and not run, and the next is due
   * `penaltyMs` later, each further one adding as much again.
   */
  transformGap: z.strictObject({ gapMs: milliseconds, penaltyMs: milliseconds }).optional(),
  /**
   * A name checked more than `max` times in `windowMs`, or within `afterCreateMs` after a create of it, is a violation,
   * answered `slowMs` late.
   */
  checksOfName: z
    .strictObject({
      max: z.int().min(1),
      windowMs: milliseconds,
      slowMs: milliseconds,
      afterCreateMs: milliseconds.optional(),
    })
    .optional(),
  /** An info on a name of another registrar without its authInfo: answered, or 2201 (RFC 5731 §3.1.2 leaves it to the registry). */
  infoOfOthers: z.enum(['shown', 'refused']).default('shown'),
  /** `unique`: a clTRID serves its account once, for ever. A command that repeats one is not run, and its connection dies. */
  clTRIDs: z.enum(['any', 'unique']).default('any'),
  /** The answer to a create without a registrant; `false`: none is asked for. */
  registrantMissing: z.union([z.literal(false), z.literal([2003, 2303])]).default(false),
  /** Contacts without which a create is 2003. */
  contactsWanted: z.array(z.enum(['admin', 'billing', 'tech'])).default([]),
  /** An update of DNSSEC without `urgent` is 2003, one that is urgent 2102 (RFC 5910 §5.2.5), or it does not matter. */
  dnssecUrgent: z.enum(['ignored', 'demanded', 'unsupported']).default('ignored'),
  /** Checks of names that are taken count like failed creates. */
  failedChecksCount: z.boolean().default(false),
  /** A spent budget of failures blocks creates for so long; absent: until it has slid. */
  createsBlockedMs: milliseconds.optional(),
})
