import { type CamelCase, camelCase, type SnakeCase, snakeCase } from '@droplock/rules/letter-case'

// Converts between core's values and the JSON of both APIs: names, times and money. A new field needs no line here.

/** Money on the wire: minor units beside their currency. */
type Money = { readonly amount_minor: number; readonly currency: string }

/** `clTRID` and `svTRID` (RFC 5730) are `cltrid` and `svtrid`. */
type WireName<Text extends string> = Text extends `${infer Head}TRID` ? `${Head}trid` : SnakeCase<Text>

type WireKey<Key extends string, Member> =
  Extract<Member, bigint> extends never
    ? WireName<Key>
    : Key extends `${infer Name}Minor`
      ? WireName<Name>
      : WireName<Key>

/** A value of core as JSON has it. */
export type Wire<Value> = Value extends null
  ? undefined
  : Value extends bigint
    ? Money
    : Value extends Date
      ? string
      : Value extends readonly (infer Item)[]
        ? Wire<Item>[]
        : Value extends object
          ? { [Key in keyof Value & string as WireKey<Key, Value[Key]>]: Wire<Value[Key]> }
          : Value

/**
 * A value of core on its way out: names in snake_case, times as text, null left out. An amount `priceMinor` becomes the money
 * `price`, in the `currency` of its object or of the one around it. What the contract does not have is dropped by its schema
 * (`reply`), which also refuses an amount that a JSON number cannot carry exactly, or one without a currency.
 */
export function wire<Value>(value: Value): Wire<Value> {
  // The compiler cannot follow a conditional type through a walk over unknown values.
  return convert(value, undefined) as Wire<Value>
}

export function money(amountMinor: bigint, currency: string): Money {
  return { amount_minor: Number(amountMinor), currency }
}

function convert(value: unknown, currency: string | undefined): unknown {
  if (value === null || value === undefined) return undefined
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map((item) => convert(item, currency))
  if (typeof value !== 'object') return value
  const own = 'currency' in value && typeof value.currency === 'string' ? value.currency : currency
  return Object.fromEntries(Object.entries(value).map(([key, member]) => convertMember(key, member, own)))
}

/** A customer's own names and texts, which stay as they were written. */
const asWritten: ReadonlySet<string> = new Set(['metadata'])

function convertMember(key: string, value: unknown, currency: string | undefined): [string, unknown] {
  if (asWritten.has(key)) return [key, value ?? undefined]
  if (typeof value === 'bigint' && key.endsWith('Minor') && currency !== undefined) {
    return [wireName(key.slice(0, -'Minor'.length)), money(value, currency)]
  }
  return [wireName(key), convert(value, currency)]
}

function wireName(name: string): string {
  return name.endsWith('TRID') ? name.toLowerCase() : snakeCase(name)
}

/** The members of a query or body as core has them. */
export type FromWire<Members> = {
  [Key in keyof Members as Key extends string ? CamelCase<Key> : never]: Key extends `${string}_minor`
    ? MinorOf<Members[Key]>
    : Exclude<Members[Key], undefined>
}

type MinorOf<Member> = Member extends number ? bigint : Exclude<Member, undefined>

/**
 * The members of a query or body on their way in: names in camelCase, amounts of minor units as bigint. What was left out is
 * left out for core too.
 */
export function fromWire<Members extends object>(members: Members): FromWire<Members> {
  const there = Object.entries(members).filter(([, value]) => value !== undefined)
  // `fromEntries` forgets its keys; they are those of `members`, in core's spelling.
  return Object.fromEntries(
    there.map(([key, value]) => [camelCase(key), fromMember(key, value)]),
  ) as FromWire<Members>
}

function fromMember(key: string, value: unknown): unknown {
  return typeof value === 'number' && key.endsWith('_minor') ? BigInt(value) : value
}
