import type { InvoiceDocument } from '@droplock/rules/invoices'

/** A valid invoice. Tests change one thing each. */
export const invoice: InvoiceDocument = {
  kind: 'invoice',
  mode: 'live',
  number: 'INV-2026-000017',
  issuedAt: new Date('2026-11-24T18:00:00Z'),
  creditsNumber: null,
  seller: {
    name: 'Droplock Test Ltd',
    address: '1 Some Street\nSome Town',
    country: 'IE',
    taxId: 'IE1234567X',
  },
  buyer: {
    name: 'A Buyer GmbH',
    address: 'Beispielweg 7\n10115 Berlin',
    country: 'DE',
    taxId: 'DE123456789',
    email: 'accounts@example.com',
  },
  line: {
    of: 'registration',
    name: 'xn--mnchen-3ya.example',
    nameUnicode: 'münchen.example',
    years: 1,
    serviceFrom: new Date('2026-02-15T13:00:00.123Z'),
    serviceTo: new Date('2027-02-15T13:00:00.123Z'),
  },
  currency: 'EUR',
  grossMinor: 123_456_789n,
  netMinor: 100_371_373n,
  taxMinor: 23_085_416n,
  taxBasisPoints: 2_300,
  taxNote: null,
}

/** A test credit note for a Chinese buyer, for part of the amount. */
export const creditNote: InvoiceDocument = {
  ...invoice,
  kind: 'credit_note',
  mode: 'test',
  number: 'TEST-CN-2026-000003',
  creditsNumber: 'TEST-INV-2026-000017',
  buyer: {
    name: '北京示例科技有限公司（镕囍喆）',
    address: '朝阳区示例路 88 号 A 座\n北京市 100020',
    country: 'CN',
    taxId: '91110105MA00000000',
    email: 'caiwu@example.cn',
  },
  currency: 'CNY',
  grossMinor: 1_900n,
  netMinor: 1_900n,
  taxMinor: 0n,
  taxBasisPoints: 0,
  taxNote: 'Reverse charge: the recipient accounts for the tax.',
}
