import { describe, expect, test } from 'vitest'
import { decideInvoiceTax, hasEuVatId, REVERSE_CHARGE_NOTE } from '../src/reverse-charge.ts'

const seller = {
  country: 'IE',
  taxId: 'IE1234567X',
  reverseCharge: true,
  taxBasisPoints: 2_300,
  taxNote: null,
}
const german = { country: 'DE', taxId: 'DE123456789' }
const ordinary = { taxBasisPoints: 2_300, taxNote: null }

describe('the tax of an invoice', () => {
  test('is none for a business in another member state, and the note says why', () => {
    expect(decideInvoiceTax(seller, german)).toEqual({ taxBasisPoints: 0, taxNote: REVERSE_CHARGE_NOTE })
  })

  test("keeps the seller's own note behind that of the reverse charge", () => {
    const { taxNote } = decideInvoiceTax({ ...seller, taxNote: 'Thank you.' }, german)
    expect(taxNote).toBe(`${REVERSE_CHARGE_NOTE} Thank you.`)
  })

  test.each([
    ['the seller does not apply it', { ...seller, reverseCharge: false }, german],
    ['the seller has no VAT ID', { ...seller, taxId: null }, german],
    ['the seller is outside the EU', { ...seller, country: 'US', taxId: 'US123' }, german],
    ['the buyer has no VAT ID', seller, { country: 'DE', taxId: null }],
    ['the VAT ID is of another country than the buyer', seller, { country: 'DE', taxId: 'FR12345678901' }],
    ['the VAT ID has another form', seller, { country: 'DE', taxId: 'DE12345' }],
    ['the buyer is in the country of the seller', seller, { country: 'IE', taxId: 'IE7654321A' }],
    ['the buyer is outside the EU', seller, { country: 'CH', taxId: 'CHE123456789' }],
    ['the buyer is in the United Kingdom', seller, { country: 'GB', taxId: 'GB123456789' }],
  ])("is the seller's where %s", (_, of, buyer) => {
    expect(decideInvoiceTax(of, buyer)).toEqual(ordinary)
  })
})

test.each([
  ['PL', 'PL 526-000-12-46', true],
  ['GR', 'EL123456789', true],
  ['GR', 'GR123456789', false],
  ['AT', 'atu12345678', true],
  ['NL', 'NL123456789B01', true],
  ['ES', 'ESX1234567R', true],
  ['SE', 'SE123456789001', true],
  ['SE', 'SE123456789002', false],
  ['PL', '5260001246', false],
])('a tax ID of %s written %s is a VAT ID: %s', (country, taxId, expected) => {
  expect(hasEuVatId({ country, taxId })).toBe(expected)
})
