import type { DisputeDetail } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { disputeTones } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { linkTo } from '../parts/links.tsx'
import { Page, Section, TwoColumns } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { BalanceText, MoneyText, TimeText } from '../parts/texts.tsx'
import { RefundsOf } from '../refunds/RefundsOf.tsx'
import { DueText } from './DueText.tsx'
import { EvidenceForm } from './EvidenceForm.tsx'
import { SubmittedEvidence } from './SubmittedEvidence.tsx'
import { reasonTexts } from './texts.ts'

/** A dispute: what it is about, what it did to the books, and our answer. */
export function DisputePage() {
  return (
    <RecordPage<DisputeDetail> resource="disputes" kind="Dispute">
      {(dispute) => (
        <Page
          title={`Dispute: ${dispute.name ?? `${words(dispute.purpose).toLowerCase()} of ${dispute.account_name}`}`}
          beside={<StateChip state={dispute.state} tone={disputeTones[dispute.state]} />}
          about={`${moneyText(dispute.amount)} · ${reasonTexts[dispute.reason]}. ${nextText(dispute)}`}
        >
          <TwoColumns
            main={<Answer dispute={dispute} />}
            beside={
              <>
                <Section title="Effect">
                  <Effect dispute={dispute} />
                </Section>
                <RefundsOf filter={{ payment_id: dispute.payment_id }} />
                <Section title="Details">
                  <Details dispute={dispute} />
                </Section>
              </>
            }
          />
        </Page>
      )}
    </RecordPage>
  )
}

/** A draft can be edited while the dispute takes evidence. */
function Answer({ dispute }: { dispute: DisputeDetail }) {
  return dispute.why_not_answer === undefined ? (
    <EvidenceForm key={dispute.id} dispute={dispute} />
  ) : (
    <SubmittedEvidence dispute={dispute} />
  )
}

function nextText({ state, why_not_answer }: DisputeDetail): string {
  if (state === 'won') return 'The bank decided for us and gave the money back.'
  if (state === 'lost') return 'The bank decided for the cardholder.'
  if (state === 'under_review') return 'The bank has our evidence and decides within weeks.'
  if (why_not_answer === 'evidence_submitted') return 'Our evidence is being sent.'
  if (why_not_answer === 'dispute_deadline_passed') return 'The deadline has passed without evidence.'
  return 'The bank waits for evidence.'
}

function Effect({ dispute: { amount, debited, balance, fees } }: { dispute: DisputeDetail }) {
  const given = debited.amount_minor === 0
  return (
    <Facts
      narrow
      facts={[
        ['Taken from the balance', <MoneyText key="amount" amount={amount} />],
        ['Given back', given && <MoneyText key="back" amount={amount} />],
        ['Balance now', <BalanceText key="balance" balance={balance} />],
        ['Provider’s fee', fees.length === 0 ? 'Not reported yet' : fees.map(moneyText).join(', ')],
      ]}
    />
  )
}

function Details({ dispute }: { dispute: DisputeDetail }) {
  const { account_id, account_name, payment_id, backorder_id, name, amount } = dispute
  return (
    <Facts
      narrow
      facts={[
        ['Account', linkTo('accounts', account_id, account_name)],
        ['Payment', linkTo('payments', payment_id, moneyText(amount))],
        ['Backorder', linkTo('backorders', backorder_id, name)],
        ['Opened', <TimeText key="opened" at={dispute.opened_at} />],
        ['Evidence due', dispute.evidence_due_at && <DueText key="due" dispute={dispute} />],
        ['Answered', dispute.answered_at && <TimeText key="answered" at={dispute.answered_at} />],
        ['Decided', dispute.decided_at && <TimeText key="decided" at={dispute.decided_at} />],
        ['Provider', dispute.provider],
        ['Provider ID', <code key="id">{dispute.provider_dispute_id}</code>],
      ]}
    />
  )
}
