import { extensionUris } from '../../registry/conduct.ts'
import { type AgreedFee, feeMinor, type Priced, priceOf } from '../../registry/money.ts'
import type { Registry } from '../../registry/registry.ts'
import type { RegistrySettings } from '../../registry/settings.ts'
import { readYears } from '../commands/domain/internal.ts'
import { EppFault } from '../result-codes.ts'
import { type Element, escapeXml, readChildren, token } from '../xml.ts'

/** RFC 8748, fee-1.0. Amounts are minor units of a currency with two digits. */

const AMOUNT = /^\d{1,9}(\.\d{1,2})?$/

function readMinor(element: Element): number {
  const text = token(element)
  if (!AMOUNT.test(text)) throw new EppFault(2005, 'Not an amount')
  return Math.round(Number(text) * 100)
}

function writeAmount(minor: number): string {
  return (minor / 100).toFixed(2)
}

/** The fee a client agrees to: the sum of its parts. */
export function readFee(element: Element | undefined): AgreedFee | undefined {
  if (!element) return undefined
  const parts = readChildren(element, { currency: 'optional', fee: 'some', credit: 'any' })
  if (parts.credit.length > 0) throw new EppFault(2102, 'No credits are given')
  const [currency] = parts.currency
  return {
    minor: parts.fee.map(readMinor).reduce((sum, minor) => sum + minor, 0),
    currency: currency && token(currency),
  }
}

type FeeResult = 'creData' | 'renData' | 'updData' | 'delData'

/** The fee that a command cost or, with a negative amount, its credit. */
export function writeFeeResult(
  local: FeeResult,
  { currency }: RegistrySettings['fee'],
  minor: number,
): string {
  const side = minor < 0 ? 'credit' : 'fee'
  return (
    `<fee:${local} xmlns:fee="${extensionUris.fee}"><fee:currency>${currency}</fee:currency>` +
    `<fee:${side}>${writeAmount(minor)}</fee:${side}></fee:${local}>`
  )
}

type Asked = { readonly name: string; readonly years: number }

const COMMANDS = new Set(['create', 'delete', 'renew', 'update', 'transfer', 'restore'])

/** The commands whose fees the client asks for. Throws `EppFault`: for another currency, and 2102 for custom commands. */
export function readFeeQuestion(element: Element, fee: RegistrySettings['fee']): readonly Asked[] {
  const parts = readChildren(element, { currency: 'optional', command: 'some' })
  const [currency] = parts.currency
  if (currency && token(currency) !== fee.currency) {
    throw new EppFault(fee.wrongCurrencyCode, `Fees are in ${fee.currency}`)
  }
  return parts.command.map((command) => {
    const name = command.attributes.get('name') ?? ''
    if (!COMMANDS.has(name)) throw new EppFault(2102, 'No custom commands are priced')
    return { name, years: readYears(readChildren(command, { period: 'optional' }).period[0]) }
  })
}

function isPriced(name: string): name is Priced {
  return name === 'create' || name === 'renew' || name === 'restore'
}

function commandData(registry: Registry, name: string, asked: Asked): string {
  const record = registry.names.get(name)
  if (!isPriced(asked.name)) {
    return `<fee:command name="${asked.name}"><fee:reason>Not priced</fee:reason></fee:command>`
  }
  const { standard } = priceOf(registry, record)
  const minor = feeMinor(registry, record, name, asked.name, asked.years)
  const years = asked.name === 'restore' ? 1 : asked.years
  return (
    `<fee:command name="${asked.name}" standard="${standard ? 1 : 0}"><fee:period unit="y">${years}</fee:period>` +
    `<fee:fee>${writeAmount(minor)}</fee:fee></fee:command>`
  )
}

/** RFC 8748 §5.1.1: one answer for each name, with every command that was asked. */
export function writeFeeCheck(registry: Registry, names: readonly string[], asked: readonly Asked[]): string {
  const data = names.map((given) => {
    const name = given.toLowerCase()
    const { class: tier } = priceOf(registry, registry.names.get(name))
    const commands = asked.map((one) => commandData(registry, name, one)).join('')
    return `<fee:cd avail="1"><fee:objID>${escapeXml(given)}</fee:objID><fee:class>${tier}</fee:class>${commands}</fee:cd>`
  })
  const { currency } = registry.settings.fee
  return `<fee:chkData xmlns:fee="${extensionUris.fee}"><fee:currency>${currency}</fee:currency>${data.join('')}</fee:chkData>`
}
