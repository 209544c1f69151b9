import { isInvoiceable } from '@droplock/rules/invoices'
import type { BackorderDetail } from '../api/types.ts'
import { OutcomeByPeople } from '../approvals/ProposeOutcome.tsx'
import { backorderTones } from '../format/tones.ts'
import { unicodeName } from '../format/unicode-name.ts'
import { words } from '../format/words.ts'
import { InvoicesOf } from '../invoices/InvoicesOf.tsx'
import { Page, TwoColumns } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { RefundsOf } from '../refunds/RefundsOf.tsx'
import { BackorderAmounts } from './BackorderAmounts.tsx'
import { BackorderFacts } from './BackorderFacts.tsx'
import { Timeline } from './Timeline.tsx'
import { WhyFailed } from './WhyFailed.tsx'

/** A backorder with its timeline, amounts, refunds and invoices. */
export function BackorderPage() {
  return (
    <RecordPage<BackorderDetail> resource="backorders" kind="Backorder">
      {(backorder) => (
        <Page
          title={backorder.name}
          beside={<Outcome backorder={backorder} />}
          about={unicodeName(backorder.name)}
        >
          <TwoColumns
            main={
              <>
                <OutcomeByPeople backorder={backorder} />
                <WhyFailed backorder={backorder} />
                <Timeline backorder={backorder} />
              </>
            }
            beside={
              <>
                <BackorderFacts backorder={backorder} />
                <BackorderAmounts backorder={backorder} />
                <RefundsOf filter={{ backorder_id: backorder.id }} />
                <InvoicesOf
                  of={{
                    key: { backorder_id: backorder.id },
                    name: backorder.name,
                    account_name: backorder.account_name,
                  }}
                  isInvoiceable={isInvoiceable(backorder.state)}
                />
              </>
            }
          />
        </Page>
      )}
    </RecordPage>
  )
}

function Outcome({ backorder: { state, failure_reason, expired_reason } }: { backorder: BackorderDetail }) {
  const reason = failure_reason ?? expired_reason
  return (
    <span>
      <StateChip state={state} tone={backorderTones[state]} />
      {reason === undefined ? null : ` · ${words(reason).toLowerCase()}`}
    </span>
  )
}
