import type { InvoiceView } from '@droplock/core/invoices/read'
import type { InvoiceParty } from '@droplock/rules/invoices'
import { presentMoney } from './money.ts'
import { present } from './optional.ts'

export function presentInvoice(invoice: InvoiceView) {
  const { line, currency } = invoice
  return {
    id: invoice.id,
    kind: invoice.kind,
    number: invoice.number,
    issued_at: invoice.issuedAt.toISOString(),
    ...present({ backorder_id: invoice.backorderId, renewal_id: invoice.renewalId }),
    ...presentCredits(invoice),
    seller: presentParty(invoice.seller),
    buyer: { ...presentParty(invoice.buyer), email: invoice.buyer.email },
    line: {
      of: line.of,
      name: line.name,
      name_unicode: line.nameUnicode,
      years: line.years,
      service_from: line.serviceFrom.toISOString(),
      service_to: line.serviceTo.toISOString(),
    },
    gross: presentMoney(invoice.grossMinor, currency),
    net: presentMoney(invoice.netMinor, currency),
    tax: presentMoney(invoice.taxMinor, currency),
    tax_basis_points: invoice.taxBasisPoints,
    ...present({ tax_note: invoice.taxNote }),
  }
}

function presentCredits({ creditsInvoiceId, creditsNumber, refundId }: InvoiceView) {
  if (creditsInvoiceId === null || creditsNumber === null || refundId === null) return {}
  return { credits: { invoice_id: creditsInvoiceId, number: creditsNumber, refund_id: refundId } }
}

function presentParty(party: InvoiceParty) {
  return {
    legal_name: party.name,
    address: party.address.split('\n'),
    country: party.country,
    ...present({ tax_id: party.taxId }),
  }
}
