import type { CustomerInvoice } from '@droplock/core/invoices/read'
import { presentMoney } from './money.ts'
import { wire } from './wire.ts'

export function presentInvoice(invoice: CustomerInvoice) {
  const {
    buyer,
    line,
    seller: _seller,
    currency,
    netMinor,
    taxMinor,
    grossMinor,
    creditedMinor,
    ...rest
  } = invoice
  return {
    ...wire({ ...rest, buyerName: buyer.name, service: line.of, name: line.name }),
    net: presentMoney(netMinor, currency),
    tax: presentMoney(taxMinor, currency),
    gross: presentMoney(grossMinor, currency),
    credited: presentMoney(creditedMinor, currency),
  }
}
