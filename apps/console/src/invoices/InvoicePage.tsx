import type { Invoice } from '../api/types.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { linkTo } from '../parts/links.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { MoneyText, NameText, TimeText } from '../parts/texts.tsx'
import { OpenInvoice } from './OpenInvoice.tsx'

/** The facts behind an invoice or a credit note. Its text is in the document. */
export function InvoicePage() {
  return (
    <RecordPage<Invoice> resource="invoices" kind="Invoice">
      {(invoice) => (
        <Page
          title={invoice.number}
          beside={invoice.mode === 'test' ? <StateChip state="test" tone="warning" /> : undefined}
          about={`${words(invoice.kind)} for ${invoice.buyer_name}`}
          actions={<OpenInvoice invoice={invoice} />}
        >
          <Section title="Details">
            <InvoiceFacts invoice={invoice} />
          </Section>
        </Page>
      )}
    </RecordPage>
  )
}

function InvoiceFacts({ invoice }: { invoice: Invoice }) {
  return (
    <Facts
      facts={[
        ['Issued', <TimeText key="issued" at={invoice.issued_at} />],
        ['Account', linkTo('accounts', invoice.account_id, invoice.account_name)],
        [
          words(invoice.service),
          linkTo('backorders', invoice.backorder_id, invoice.name) ?? (
            <NameText key="name" name={invoice.name} />
          ),
        ],
        ['Credits invoice', linkTo('invoices', invoice.credits_invoice_id, invoice.credits_number)],
        ['Refund', linkTo('refunds', invoice.refund_id, 'View refund')],
        ['Net', <MoneyText key="net" amount={invoice.net} />],
        ['Tax', <MoneyText key="tax" amount={invoice.tax} />],
        ['Total', <MoneyText key="gross" amount={invoice.gross} />],
        [
          'Credited',
          invoice.credited.amount_minor > 0 && <MoneyText key="credited" amount={invoice.credited} />,
        ],
      ]}
    />
  )
}
