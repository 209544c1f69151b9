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
import { destinationText } from './fields.tsx'
import { RefundButtons } from './RefundButtons.tsx'

/** One refund: what, to whom, by whom, and what became of it. */
export function RefundPage() {
  return (
    <RecordPage<Refund> resource="refunds" kind="Refund">
      {(refund) => (
        <Page
          title={`Refund of ${moneyText(refund.amount)}`}
          beside={<StateChip state={refund.state} tone={refundTones[refund.state]} />}
          about={`${refund.account_name}, to ${destinationText(refund)}`}
          actions={<RefundButtons refund={refund} />}
        >
          <Section title="The refund">
            <RefundFacts refund={refund} />
          </Section>
          <Section title="People and times">
            <PeopleFacts refund={refund} />
          </Section>
        </Page>
      )}
    </RecordPage>
  )
}

function RefundFacts({ refund }: { refund: Refund }) {
  const mayOpen = useMay('money:read')
  const { reason_code, backorder_id, retries_refund_id, retried_as_id } = refund
  return (
    <Facts
      facts={[
        [
          'Why',
          words(refund.cause) + (reason_code === undefined ? '' : `, ${words(reason_code).toLowerCase()}`),
        ],
        ['Destination', refund.by_rule ? 'By the rule' : 'An exception, agreed by two people'],
        ['Customer is told', refund.notify ? 'Yes' : 'No'],
        ['Of', `${words(refund.purpose)}${refund.name === undefined ? '' : ` · ${refund.name}`}`],
        ['Order', linkTo('backorders', backorder_id, refund.name)],
        ['Payment', mayOpen && linkTo('payments', refund.payment_id, `By ${refund.method}`)],
        ['Account', mayOpen && linkTo('accounts', refund.account_id, refund.account_name)],
        ['Failed because', refund.failure?.replaceAll('_', ' ')],
        ['Stands for', linkTo('refunds', retries_refund_id, 'the refund that failed')],
        ['Retried as', linkTo('refunds', retried_as_id, 'the next refund')],
        ['Terms', <code key="terms">{refund.terms_hash}</code>],
      ]}
    />
  )
}

function PeopleFacts({ refund }: { refund: Refund }) {
  const { proposed_by, decided_by, decided_at, expires_at, state } = refund
  return (
    <Facts
      facts={[
        ['Made', <TimeText key="created" at={refund.created_at} />],
        ['By', proposed_by?.name ?? 'the service'],
        ['Note', refund.note],
        ['Decided', decided_at && <TimeText key="decided" at={decided_at} />],
        ['Decided by', decided_by?.name],
        ['Said', refund.decision_note],
        ['Expires', state === 'proposed' && expires_at && <TimeText key="expires" at={expires_at} />],
      ]}
    />
  )
}
