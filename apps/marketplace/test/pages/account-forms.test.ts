import { expect, test } from 'vitest'
import {
  bodyOf,
  type Contact,
  emptyContact,
  faultsIn,
  fieldOf,
  inputOf,
} from '../../src/pages/account/contact-fields.ts'
import { countriesIn } from '../../src/pages/account/countries.ts'
import { phoneOf } from '../../src/pages/account/phone.ts'
import { amountText, minorUnitsOf } from '../../src/pages/parts/amount.ts'

test.each([
  ['+44 (0)20 7123-4567', '+44.2071234567'],
  ['0044 20 7123 4567', '+44.2071234567'],
  ['+1 703 555 5555 ext 12', '+1.7035555555x12'],
  ['+353 1 234 5678', '+353.12345678'],
  ['+86 138 0013 8000', '+86.13800138000'],
  ['+44.2071234567', '+44.2071234567'],
])('a telephone number is understood as people write it: %s', (typed, registered) => {
  expect(phoneOf(typed)).toBe(registered)
})

test.each(['020 7123 4567', '+44', '+44 call me', '+1234567890123456789', ''])(
  'what has no country code or is too long is no telephone number: "%s"',
  (typed) => expect(phoneOf(typed)).toBeUndefined(),
)

const typed = {
  ...emptyContact,
  name: ' Rita Registrant ',
  street: '1 Main Street\n\n Flat 2 ',
  city: 'London',
  country: 'GB',
  email: 'rita@example.com',
  voice: '+44 20 7123 4567',
}

test('a contact is sent without what was left empty, each line of the street by itself', () => {
  expect(faultsIn(typed)).toEqual({})
  expect(bodyOf(typed)).toEqual({
    int: { name: 'Rita Registrant', street: ['1 Main Street', 'Flat 2'], city: 'London', country: 'GB' },
    voice: '+44.2071234567',
    email: 'rita@example.com',
    is_default: false,
  })
})

test('what is missing, has accents or cannot be right is said for each field', () => {
  expect(faultsIn(emptyContact)).toEqual({
    name: 'required',
    street: 'required',
    city: 'required',
    country: 'required',
    email: 'required',
  })
  const wrong = { ...typed, name: 'Müller', city: '北京', email: 'rita', fax: '123', street: 'a\nb\nc\nd' }
  expect(faultsIn(wrong)).toEqual({
    name: 'latin',
    city: 'latinOnly',
    email: 'email',
    fax: 'phone',
    street: 'lines',
  })
})

test('the other script is asked for in full or not at all, and has the same country', () => {
  const local = { ...typed, loc_name: '丽塔', loc_city: '伦敦' }
  expect(faultsIn(local)).toEqual({ loc_street: 'required' })
  expect(bodyOf({ ...local, loc_street: '主街1号' }).loc).toEqual({
    name: '丽塔',
    street: ['主街1号'],
    city: '伦敦',
    country: 'GB',
  })
})

test('a contact that was read and not changed is sent as it was', () => {
  const { is_default, ...body } = bodyOf({ ...typed, loc_name: '丽塔', loc_city: '伦敦', loc_street: '主街' })
  const contact = { ...body, is_default, id: '', version: 1, created_at: '', updated_at: '', registries: [] }
  expect(bodyOf(inputOf(contact as Contact))).toEqual({ ...body, is_default })
})

test('a place in the body belongs to the field that people see', () => {
  expect(fieldOf('/int/street/0')).toBe('street')
  expect(fieldOf('/loc/city')).toBe('loc_city')
  expect(fieldOf('/loc/country')).toBe('country')
  expect(fieldOf('/email')).toBe('email')
  expect(fieldOf('/is_default')).toBeUndefined()
})

test('every country of ISO 3166-1 is offered once, by its name in the language of the page', () => {
  const english = countriesIn('en')
  expect(english).toHaveLength(249)
  expect(new Set(english.map(({ value }) => value)).size).toBe(249)
  expect(english.find(({ value }) => value === 'DE')?.label).toBe('Germany')
  expect(countriesIn('zh').find(({ value }) => value === 'DE')?.label).toBe('德国')
})

test.each([
  ['49.90', 'USD', 4_990],
  ['49,9', 'EUR', 4_990],
  ['1 000', 'USD', 100_000],
  ['1200', 'JPY', 1_200],
  ['0', 'USD', 0],
])('%s %s is understood exactly', (text, currency, minor) => {
  expect(minorUnitsOf(text, currency)).toBe(minor)
})

test.each([
  ['49.999', 'USD'],
  ['1,000', 'USD'],
  ['12.5', 'JPY'],
  ['-5', 'USD'],
  ['ten', 'USD'],
  ['99999999999999999', 'USD'],
])('%s %s is no amount: nothing is guessed or rounded', (text, currency) => {
  expect(minorUnitsOf(text, currency)).toBeUndefined()
})

test('an amount is written into its field as it is read from it', () => {
  expect(amountText({ amount_minor: 4_990, currency: 'USD' })).toBe('49.90')
  expect(amountText({ amount_minor: 1_200, currency: 'JPY' })).toBe('1200')
})
