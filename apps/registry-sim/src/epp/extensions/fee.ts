import type { RegistrySettings } from '../../registry/settings.ts'
import { FEE } from '../namespaces.ts'
import { readChildren } from '../read-children.ts'
import { type Element, token } from '../read-xml.ts'
import { EppFault } from '../result-codes.ts'
import { escapeXml } from '../write-xml.ts'

/** RFC 8748, fee-1.0. Amounts inside are minor units of a currency with two digits. */

const AMOUNT = /^\d{1,9}(\.\d{1,2})?$/

function readMinor(element: Element): number {
  const text = token(element)
  if (!AMOUNT.test(text)) throw new EppFault(2005, 'Not an amount')
  return Math.round(Number(text) * 100)
}

export function writeAmount(minor: number): string {
  return (minor / 100).toFixed(2)
}

/** The fee a client agrees to on create: the sum of its parts. */
export function readFee(element: Element): { readonly minor: number; readonly currency: string | undefined } {
  const parts = readChildren(element, { currency: 'optional', fee: 'some', credit: 'any' })
  if (parts.credit.length > 0) throw new EppFault(2102, 'No credits are given')
  const [currency] = parts.currency
  return {
    minor: parts.fee.map(readMinor).reduce((sum, minor) => sum + minor, 0),
    currency: currency && token(currency),
  }
}

export function writeCreateFee(fee: RegistrySettings['fee'], minor: number): string {
  return (
    `<fee:creData xmlns:fee="${FEE}"><fee:currency>${fee.currency}</fee:currency>` +
    `<fee:fee>${writeAmount(minor)}</fee:fee></fee:creData>`
  )
}

export type FeeQuestion = { readonly years: number }

/** Only the create of whole years has a price here; another currency is refused with 2004. */
export function readFeeQuestion(element: Element, fee: RegistrySettings['fee']): FeeQuestion {
  const parts = readChildren(element, { currency: 'optional', command: 'some' })
  const [currency] = parts.currency
  if (currency && token(currency) !== fee.currency) throw new EppFault(2004, `Fees are in ${fee.currency}`)
  const [command, ...more] = parts.command
  if (more.length > 0 || command?.attributes.get('name') !== 'create') {
    throw new EppFault(2102, 'Only the fee of create is told')
  }
  const [period] = readChildren(command, { period: 'optional' }).period
  const years = period ? Number(token(period)) : 1
  if (!Number.isInteger(years) || years < 1 || years > 10)
    throw new EppFault(2004, 'A period is 1 to 10 years')
  return { years }
}

export type PricedName = { readonly name: string; readonly minor: number; readonly premium: boolean }

export function writeFeeCheck(currency: string, years: number, names: readonly PricedName[]): string {
  const data = names.map(
    ({ name, minor, premium }) =>
      `<fee:cd avail="1"><fee:objID>${escapeXml(name)}</fee:objID>` +
      `<fee:class>${premium ? 'premium' : 'standard'}</fee:class>` +
      `<fee:command name="create" standard="${premium ? 0 : 1}"><fee:period unit="y">${years}</fee:period>` +
      `<fee:fee>${writeAmount(minor)}</fee:fee></fee:command></fee:cd>`,
  )
  return `<fee:chkData xmlns:fee="${FEE}"><fee:currency>${currency}</fee:currency>${data.join('')}</fee:chkData>`
}
