import type { PaymentDetail } from '../api/types.ts'
import { paymentTones } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { InvoicesOf } from '../invoices/InvoicesOf.tsx'
import { Facts } from '../parts/Facts.tsx'
import { linkTo } from '../parts/links.tsx'
import { Page, Section, TwoColumns } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'
import { RefundsOf } from '../refunds/RefundsOf.tsx'
import { PaymentMoney } from './PaymentMoney.tsx'
import { Disputes, Postings, ProviderEvents } from './PaymentTables.tsx'

/** A payment with its postings, disputes, refunds and provider events. */
export function PaymentPage() {
  return (
    <RecordPage<PaymentDetail> resource="payments" kind="Payment">
      {(payment) => (
        <Page
          title={payment.name ?? `${words(payment.purpose)} of ${payment.account_name}`}
          beside={<StateChip state={payment.state} tone={paymentTones[payment.state]} />}
          about={`Paid by ${payment.method}. ${effectText(payment)}`}
        >
          <TwoColumns
            main={
              <>
                <Postings postings={payment.postings} />
                {payment.disputes.length === 0 ? null : <Disputes disputes={payment.disputes} />}
                {payment.method === 'card' ? <ProviderEvents events={payment.provider_events} /> : null}
              </>
            }
            beside={
              <>
                <PaymentMoney payment={payment} />
                <RefundsOf filter={{ payment_id: payment.id }} />
                <RenewalInvoices payment={payment} />
                <Section title="Details">
                  <PaymentFacts payment={payment} />
                </Section>
              </>
            }
          />
        </Page>
      )}
    </RecordPage>
  )
}

/** The invoices of a renewal, which has no page. The server refuses one for a renewal that has not succeeded. */
function RenewalInvoices({
  payment: { renewal_id, secures, name, account_name },
}: {
  payment: PaymentDetail
}) {
  if (renewal_id === undefined || !secures) return null
  const of = { key: { renewal_id }, name: name ?? 'this renewal', account_name }
  return <InvoicesOf of={of} isInvoiceable />
}

/** What came of the payment. */
function effectText({ purpose, captured, secures }: PaymentDetail): string {
  if (secures) return 'This payment secures the order.'
  if (captured.amount_minor === 0) return 'Not captured.'
  return purpose === 'top_up'
    ? 'Credited to the account balance.'
    : 'This payment secures no order and is refunded automatically.'
}

function PaymentFacts({ payment }: { payment: PaymentDetail }) {
  const { provider, provider_id, pay_by, state } = payment
  const isOpen = state === 'requires_action' || state === 'processing'
  return (
    <Facts
      narrow
      facts={[
        ['Account', linkTo('accounts', payment.account_id, payment.account_name)],
        ['Backorder', linkTo('backorders', payment.backorder_id, payment.name)],
        ['For', words(payment.purpose)],
        ['Created', <TimeText key="made" at={payment.created_at} />],
        ['Payment due', isOpen && pay_by && <TimeText key="by" at={pay_by} />],
        ['Provider', provider],
        ['Provider ID', provider_id && <code key="provider">{provider_id}</code>],
        ['Payment ID', <code key="id">{payment.id}</code>],
      ]}
    />
  )
}
