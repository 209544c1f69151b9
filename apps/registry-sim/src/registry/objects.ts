import type { Address } from './records.ts'

/** A host object (RFC 5732 §2). `statuses` are those a client set. */
export type Host = {
  readonly name: string
  readonly roid: string
  readonly clID: string
  readonly crDateMs: number
  readonly upDateMs: number | undefined
  readonly addresses: readonly Address[]
  readonly statuses: readonly string[]
}

/** A contact object (RFC 5733 §2), with the client's texts unchanged. */
export type Contact = {
  readonly id: string
  readonly roid: string
  readonly clID: string
  readonly crDateMs: number
  readonly upDateMs: number | undefined
  readonly content: ContactContent
  /** Statuses a client set. */
  readonly statuses: readonly string[]
}

export type ContactContent = {
  readonly postalInfos: readonly PostalInfo[]
  readonly voice: Phone | undefined
  readonly fax: Phone | undefined
  readonly email: string
  readonly authInfo: string
  readonly disclose: Disclose | undefined
}

export type PostalInfo = {
  readonly type: string
  readonly name: string
  readonly org: string | undefined
  readonly address: PostalAddress
}

export type PostalAddress = {
  readonly streets: readonly string[]
  readonly city: string
  readonly sp: string | undefined
  readonly pc: string | undefined
  readonly cc: string
}

export type Phone = { readonly number: string; readonly extension: string | undefined }

/** What may be shown, or not: element names, with the type of those that have one. */
export type Disclose = {
  readonly flag: string
  readonly elements: readonly { readonly local: string; readonly type: string | undefined }[]
}
