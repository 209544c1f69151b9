import {
  EVIDENCE_CHARACTERS_MAX,
  type EvidenceField,
  evidenceFields,
} from '@droplock/rules/disputes/evidence'
import { Alert, Box, Button, Stack, TextField, Typography } from '@mui/material'
import { useState } from 'react'
import type { DisputeDetail } from '../api/types.ts'
import { evidenceTones } from '../format/tones.ts'
import { useMay } from '../parts/hooks.ts'
import { Section } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { type EditedFields, StaleNotice, useVersionedEdit } from '../parts/Stale.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'
import { SubmitDialog } from './SubmitDialog.tsx'
import { SubmittedEvidence } from './SubmittedEvidence.tsx'
import { failureTexts, fieldTexts } from './texts.ts'

type Texts = Partial<Record<EvidenceField, string>>

/** A dispute with the version of its answer; 0 where there is none. */
type Edited = DisputeDetail & { readonly version: number }

const editedFields: EditedFields<Edited> = evidenceFields.map((field) => [
  fieldTexts[field][0],
  ({ evidence }) => evidence?.fields[field] ?? '',
])

/** The draft of our answer. At first it has what our records say; nothing is sent before somebody submits it. */
export function EvidenceForm({ dispute }: { dispute: DisputeDetail }) {
  const { evidence, suggestion } = dispute
  const mayEdit = useMay('disputes:edit')
  const [texts, setTexts] = useState<Texts>(evidence?.fields ?? suggestion)
  const [isSubmitting, setSubmitting] = useState(false)
  const form = useEvidence(dispute, texts)
  if (!mayEdit)
    return evidence === undefined ? <Suggested dispute={dispute} /> : <SubmittedEvidence dispute={dispute} />
  const isSaved = evidence !== undefined && sameTexts(texts, evidence.fields)
  return (
    <Section title="Evidence" beside={<SavedText dispute={dispute} isSaved={isSaved} />}>
      <Stack
        component="form"
        aria-label="Evidence"
        sx={{ gap: 2, p: 2 }}
        onSubmit={(event) => {
          event.preventDefault()
          form.save.mutate(texts)
        }}
      >
        <Intro dispute={dispute} />
        {evidenceFields.map((field) => (
          <EvidenceInput
            key={field}
            field={field}
            text={texts[field] ?? ''}
            onChange={(text) => setTexts((others) => ({ ...others, [field]: text }))}
          />
        ))}
        {form.save.error === null ? null : <ProblemAlert error={form.save.error} />}
        <StaleNotice edit={form.edit} fields={editedFields} />
        <Stack direction="row" sx={{ gap: 1, justifyContent: 'flex-end' }}>
          <Button onClick={() => setTexts(suggestion)} color="inherit">
            Use suggestion
          </Button>
          <Button
            type="submit"
            variant={isSaved ? 'outlined' : 'contained'}
            disabled={isSaved || form.save.isPending || form.edit.isStale}
          >
            Save draft
          </Button>
          <SubmitButton isSaved={isSaved} onClick={() => setSubmitting(true)} />
        </Stack>
      </Stack>
      {isSubmitting ? <SubmitDialog dispute={dispute} onClose={() => setSubmitting(false)} /> : null}
    </Section>
  )
}

/** Saving the draft, in the version that it was opened with; of another one's edit it says what changed. */
function useEvidence(dispute: DisputeDetail, texts: Texts) {
  const form = useVersionedEdit<Texts, Edited, DisputeDetail>({
    record: versioned(dispute),
    path: `disputes/${dispute.id}`,
    code: 'evidence_changed',
    send: (api, fields, version) => api.post(`disputes/${dispute.id}/evidence`, { version, fields }),
    done: () => 'Draft saved. Nothing was sent yet.',
    versioned,
    after: versioned,
  })
  return { ...form, texts }
}

/** The version that is edited is that of the evidence. */
const versioned = (dispute: DisputeDetail): Edited => ({
  ...dispute,
  version: dispute.evidence?.version ?? 0,
})

function sameTexts(one: Texts, other: Texts): boolean {
  return evidenceFields.every((field) => (one[field] ?? '').trim() === (other[field] ?? '').trim())
}

function Intro({ dispute: { evidence } }: { dispute: DisputeDetail }) {
  if (evidence?.state === 'refused')
    return (
      <Alert severity="error">
        {failureTexts[evidence.failure ?? ''] ?? 'The provider refused the last submission.'}
      </Alert>
    )
  return (
    <Typography color="textSecondary">
      {evidence === undefined ? 'Suggested from our records. Check it, complete it and save the draft. ' : ''}
      The provider passes it to the bank as it is. Fields that say nothing are left out.
    </Typography>
  )
}

function SavedText({ dispute: { evidence }, isSaved }: { dispute: DisputeDetail; isSaved: boolean }) {
  if (evidence === undefined) return <StateChip state="not_saved" tone="neutral" />
  if (!isSaved) return <StateChip state="unsaved_changes" tone="warning" />
  return (
    <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'baseline' }}>
      <Typography color="textSecondary" component="div" variant="caption">
        Saved by {evidence.saved_by.name}, <TimeText at={evidence.saved_at} precision="minutes" />
      </Typography>
      <StateChip state={evidence.state} tone={evidenceTones[evidence.state]} />
    </Box>
  )
}

/** Short texts of one line; the others grow. */
const oneLine: ReadonlySet<EvidenceField> = new Set([
  'service_date',
  'customer_name',
  'customer_email_address',
])

type EvidenceInputProps = {
  readonly field: EvidenceField
  readonly text: string
  readonly onChange: (text: string) => void
}

function EvidenceInput({ field, text, onChange }: EvidenceInputProps) {
  const [label, help] = fieldTexts[field]
  return (
    <TextField
      label={label}
      name={field}
      value={text}
      onChange={({ target }) => onChange(target.value)}
      helperText={help}
      multiline={!oneLine.has(field)}
      maxRows={12}
      fullWidth
      slotProps={{ htmlInput: { maxLength: EVIDENCE_CHARACTERS_MAX } }}
    />
  )
}

function SubmitButton({ isSaved, onClick }: { isSaved: boolean; onClick: () => void }) {
  const maySubmit = useMay('disputes:submit')
  if (!maySubmit) return null
  return (
    <Button variant="contained" disabled={!isSaved} onClick={onClick}>
      Submit to the bank
    </Button>
  )
}

/** For those who may not answer it: what our records say. */
function Suggested({ dispute }: { dispute: DisputeDetail }) {
  return (
    <Section title="Facts of the case" beside={<StateChip state="no_answer_yet" tone="warning" />}>
      <Typography component="div" sx={{ p: 2, whiteSpace: 'pre-wrap' }}>
        {dispute.suggestion.access_activity_log}
      </Typography>
    </Section>
  )
}
