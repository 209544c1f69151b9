import type { Refund } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { refundTones } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { useMay } from '../parts/hooks.ts'
import { linkTo } from '../parts/links.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'
import { causeText, destinationText } from './fields.tsx'
import { RefundButtons } from './RefundButtons.tsx'

/** One refund: amount, destination, the people who decided, and the result. */
export function RefundPage() {
  return (
    <RecordPage<Refund> resource="refunds" kind="Refund">
      {(refund) => (
        <Page
          title={`Refund of ${moneyText(refund.amount)}`}
          beside={<StateChip state={refund.state} tone={refundTones[refund.state]} />}
          about={`To ${refund.account_name} · ${destinationText(refund)}`}
          actions={<RefundButtons refund={refund} />}
        >
          <Section title="Details">
            <RefundFacts refund={refund} />
          </Section>
          <Section title="History">
            <PeopleFacts refund={refund} />
          </Section>
        </Page>
      )}
    </RecordPage>
  )
}

function RefundFacts({ refund }: { refund: Refund }) {
  const mayOpen = useMay('money:read')
  const { backorder_id, retries_refund_id, retried_as_id } = refund
  return (
    <Facts
      facts={[
        ['Reason', causeText(refund)],
        ['Destination', `${destinationText(refund)} (${refund.by_rule ? 'default' : 'exception'})`],
        ['Notify customer', refund.notify ? 'Yes' : 'No'],
        ['For', words(refund.purpose)],
        ['Backorder', linkTo('backorders', backorder_id, refund.name)],
        ['Paid by', words(refund.method)],
        ['Payment', mayOpen && linkTo('payments', refund.payment_id, 'View payment')],
        ['Account', mayOpen && linkTo('accounts', refund.account_id, refund.account_name)],
        ['Failure', refund.failure && words(refund.failure)],
        ['Retry of', linkTo('refunds', retries_refund_id, 'View failed refund')],
        ['Retried as', linkTo('refunds', retried_as_id, 'View retry')],
        ['Terms hash', <code key="terms">{refund.terms_hash}</code>],
      ]}
    />
  )
}

function PeopleFacts({ refund }: { refund: Refund }) {
  const { proposed_by, decided_by, decided_at, expires_at, state } = refund
  return (
    <Facts
      facts={[
        ['Created', <TimeText key="created" at={refund.created_at} />],
        ['Created by', proposed_by?.name ?? 'System'],
        ['Note', refund.note],
        ['Decided', decided_at && <TimeText key="decided" at={decided_at} />],
        ['Decided by', decided_by?.name],
        ['Decision note', refund.decision_note],
        ['Expires', state === 'proposed' && expires_at && <TimeText key="expires" at={expires_at} />],
      ]}
    />
  )
}
