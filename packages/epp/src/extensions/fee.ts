import { formatAmount, type Money } from '@droplock/rules/money'
import type { ChargedFee, FeeQuestion, FeeQuote } from '@droplock/rules/ports/registry-objects'
import type { EppResponse } from '../responses/response.ts'
import { child, children, childText, leaf, readBoolean, tokenOf, wrap, type XmlElement } from '../xml.ts'

const FEE_1_0_URI = 'urn:ietf:params:xml:ns:epp:fee-1.0'

/**
 * One version of the fee extension. The drafts before RFC 8748 differ in structure, not only in namespace, so each version
 * is a file beside this one and an entry in `FEE_VERSIONS`.
 */
export type FeeVersion = {
  readonly uri: string
  /** Extension of a domain check. Throws `RangeError` on questions that it can't express. */
  check(questions: readonly FeeQuestion[]): string
  /** Extension of a transform command: the most that we pay. Throws `RangeError` on a negative amount. */
  accept(verb: 'create' | 'renew' | 'update', cap: Money): string
  readQuotes(response: EppResponse): readonly FeeQuote[] | undefined
  /** What a create or renew was charged, or would have been where it was refused. */
  readCharged(response: EppResponse): ChargedFee | undefined
}

const XMLNS = { 'xmlns:fee': FEE_1_0_URI }

/** RFC 8748. */
export const fee1: FeeVersion = { uri: FEE_1_0_URI, check, accept, readQuotes, readCharged }

function check(questions: readonly FeeQuestion[]): string {
  const currencies = new Set(questions.map(({ currency }) => currency))
  if (questions.length === 0) throw new RangeError('a fee check asks about at least one command')
  if (currencies.size > 1) throw new RangeError('one fee check uses one currency')
  const [currency] = currencies
  const commands = questions.map(({ command, years }) =>
    wrap('fee:command', leaf('fee:period', years, { unit: 'y' }), { name: command }),
  )
  return wrap('fee:check', leaf('fee:currency', currency) + commands.join(''), XMLNS)
}

function accept(verb: 'create' | 'renew' | 'update', cap: Money): string {
  if (cap.amountMinor < 0n) throw new RangeError('a fee is not negative')
  const parts = leaf('fee:currency', cap.currency) + leaf('fee:fee', formatAmount(cap))
  return wrap(`fee:${verb}`, parts, XMLNS)
}

function readQuotes({ extension }: EppResponse): readonly FeeQuote[] | undefined {
  const data = child(extension, FEE_1_0_URI, 'chkData')
  const currency = childText(data, FEE_1_0_URI, 'currency') ?? ''
  return data && children(data, FEE_1_0_URI, 'cd').flatMap((cd) => quotesOf(cd, currency))
}

/** Some registries send one `cd` for each name, others one for each name and command. */
function quotesOf(cd: XmlElement, currency: string): readonly FeeQuote[] {
  const name = childText(cd, FEE_1_0_URI, 'objID')?.toLowerCase()
  if (name === undefined) return []
  const tier = childText(cd, FEE_1_0_URI, 'class')
  const about = { name, currency, ...(tier !== undefined && { class: tier }) }
  const commands = children(cd, FEE_1_0_URI, 'command')
  if (commands.length > 0) return commands.map((command) => ({ ...about, ...quoteOf(command) }))
  // `avail="0"`: the registry has no prices for this name, and may say why.
  return [{ ...about, command: 'any', fees: [], ...reasonOf(cd) }]
}

function quoteOf(command: XmlElement): Pick<FeeQuote, 'command' | 'fees' | 'years' | 'standard' | 'reason'> {
  const period = child(command, FEE_1_0_URI, 'period')
  const years = period?.attributes.get('unit') === 'y' ? Number(tokenOf(period.text)) : undefined
  const standard = readBoolean(command.attributes.get('standard'))
  return {
    command: command.attributes.get('name') ?? '',
    ...(years !== undefined && { years }),
    ...(standard !== undefined && { standard }),
    fees: children(command, FEE_1_0_URI, 'fee').map(feeOf),
    ...reasonOf(command),
  }
}

function feeOf(fee: XmlElement): FeeQuote['fees'][number] {
  const description = fee.attributes.get('description')
  return { amount: tokenOf(fee.text), ...(description !== undefined && { description }) }
}

function reasonOf(parent: XmlElement): { readonly reason?: string } {
  const reason = childText(parent, FEE_1_0_URI, 'reason')
  return reason === undefined ? {} : { reason }
}

function readCharged({ extension }: EppResponse): ChargedFee | undefined {
  const data = ['creData', 'renData', 'updData']
    .map((local) => child(extension, FEE_1_0_URI, local))
    .find((found) => found !== undefined)
  if (data === undefined) return undefined
  const currency = childText(data, FEE_1_0_URI, 'currency')
  const balance = childText(data, FEE_1_0_URI, 'balance')
  const amounts = (local: string) => children(data, FEE_1_0_URI, local).map(({ text }) => tokenOf(text))
  const credits = amounts('credit')
  return {
    fees: amounts('fee'),
    ...(credits.length > 0 && { credits }),
    ...(currency !== undefined && { currency }),
    ...(balance !== undefined && { balance }),
  }
}

/** The versions that this client supports, preferred one first. */
export const FEE_VERSIONS: readonly FeeVersion[] = [fee1]

/** The namespace of any version: RFC 8748 or a draft, with or without the `epp:` of the later drafts. */
const ANY_VERSION = /^urn:ietf:params:xml:ns:(?:epp:)?fee-\d+\.\d+$/u

/** The versions of the fee extension that the registry offers, including drafts that this client does not support. */
export function offeredFees(offered: readonly string[]): readonly string[] {
  return offered.filter((uri) => ANY_VERSION.test(uri))
}

/** The preferred version among those offered. Only this one is in the login: some registries answer in every version that is. */
export function chooseFeeVersion(
  offered: readonly string[],
  versions: readonly FeeVersion[] = FEE_VERSIONS,
): FeeVersion | undefined {
  return versions.find(({ uri }) => offered.includes(uri))
}
