import { releases } from '@droplock/rules/schedule/release'
import { Box, MenuItem, Typography } from '@mui/material'
import { useState } from 'react'
import type { ZonePolicy, ZonePolicyPreview } from '../api/types.ts'
import { secondsOf } from '../format/duration.ts'
import { counted, words } from '../format/words.ts'
import { FormDialog, ReasonInput, TextInput } from '../parts/Form.tsx'
import { useAction, usePreview } from '../parts/hooks.ts'
import { StaleNotice, useEditedVersion } from '../parts/Stale.tsx'
import { policyFields } from './policy-fields.ts'
import {
  type DurationKey,
  durations,
  type PolicyValues,
  policyOf,
  timesIn,
  valuesOf,
} from './policy-values.ts'

type PolicyDialogProps = {
  readonly zone: string
  readonly policy: ZonePolicy
  readonly onClose: () => void
}

/** Changes a policy after a preview. What another person changed meanwhile is shown, and what was typed stays. */
export function PolicyDialog({ zone, policy, onClose }: PolicyDialogProps) {
  const path = `zones/${encodeURIComponent(zone)}/policy`
  const [base, setBase] = useState(policy)
  const preview = usePreview((api, values: PolicyValues) =>
    api.post<ZonePolicyPreview>(`${path}/preview`, policyOf(values)),
  )
  const save = useAction<PolicyValues, ZonePolicy>({
    send: (api, values) =>
      api.post(path, { ...policyOf(values), version: base.version, reason: values.reason }),
    done: () => `Policy of .${zone} changed.`,
    onDone: onClose,
  })
  const edit = useEditedVersion({
    base,
    setBase,
    path,
    error: save.error,
    code: 'zone_policy_changed',
    reset: save.reset,
  })
  const seen = preview.data
  const discard = () => {
    preview.reset()
    save.reset()
  }
  return (
    <FormDialog<PolicyValues>
      title={`Edit the policy of .${zone}`}
      action={seen === undefined ? 'Preview' : 'Apply'}
      maxWidth="md"
      initial={valuesOf(policy)}
      change={seen === undefined ? preview : save}
      isReady={!edit.isStale}
      onClose={onClose}
    >
      <PolicyInputs onChange={discard} />
      {seen === undefined ? (
        <Typography color="textSecondary">Preview the effect first, then give a reason and apply.</Typography>
      ) : (
        <>
          <Previewed preview={seen} />
          <ReasonInput />
        </>
      )}
      <StaleNotice edit={edit} fields={policyFields} />
    </FormDialog>
  )
}

function Previewed({ preview: { before, after, counts } }: { preview: ZonePolicyPreview }) {
  const changed = policyFields.filter(([, text]) => text(before) !== text(after))
  const { moves, reopens, closes } = counts.effects
  return (
    <Box
      role="region"
      aria-label="Preview"
      sx={{ p: 1.5, border: 1, borderColor: 'divider', borderRadius: 1 }}
    >
      {changed.length === 0 ? <Typography>Nothing differs from the policy in force.</Typography> : null}
      {changed.map(([label, text]) => (
        <div key={label}>
          <strong>{label}:</strong> {text(before)} → {text(after)}
        </div>
      ))}
      <Typography sx={{ mt: 1 }}>
        {counted(moves + reopens + closes, 'live name')} of {counted(counts.listings, 'live name')} would have
        another schedule by it. They stay as they are until a schedule change applies the policy to them.
      </Typography>
    </Box>
  )
}

const labels: Readonly<Record<DurationKey, readonly [label: string, help: string]>> = {
  drop_lasts_seconds: ['A batch lasts', ''],
  early_seconds: ['Early', 'Before an exact time'],
  late_seconds: ['Late', 'After an exact time'],
  cutoff_lead_seconds: ['Orders close before', 'Before the window'],
  grace_seconds: ['Grace', 'Tried after the window'],
  grace_full_seconds: ['Grace at full pace', 'Its first part'],
  grace_probe_seconds: ['Then a try each', 'Time between two tries'],
  drift_earlier_seconds_max: ['Follows earlier by', 'At most'],
  drift_later_seconds_max: ['Follows later by', 'At most'],
}

const localTime = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/

function PolicyInputs({ onChange }: { onChange: () => void }) {
  const duration = (key: DurationKey) => (
    <TextInput<PolicyValues>
      key={key}
      name={key}
      label={labels[key][0]}
      required
      isValid={(text) => (secondsOf(text) ?? -1) >= durations[key]}
      helperText={labels[key][1] === '' ? undefined : labels[key][1]}
      onChange={onChange}
    />
  )
  return (
    <Box
      sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: 'repeat(3, minmax(0, 1fr))' } }}
    >
      <TextInput<PolicyValues> name="release" label="Release" select onChange={onChange}>
        {releases.map((release) => (
          <MenuItem key={release} value={release}>
            {words(release)}
          </MenuItem>
        ))}
      </TextInput>
      <TextInput<PolicyValues> name="drop_time_zone" label="Time zone" required onChange={onChange} />
      {duration('cutoff_lead_seconds')}
      <TextInput<PolicyValues>
        name="drop_starts_at"
        label="First batch starts"
        required
        isValid={(text) => localTime.test(text.trim())}
        helperText="Local time, HH:MM"
        onChange={onChange}
      />
      <TextInput<PolicyValues>
        name="drop_also_at"
        label="Further batches"
        isValid={(text) => timesIn(text).every((time) => localTime.test(time))}
        helperText="HH:MM, with commas"
        onChange={onChange}
      />
      {(
        [
          'drop_lasts_seconds',
          'early_seconds',
          'late_seconds',
          'grace_seconds',
          'grace_full_seconds',
          'grace_probe_seconds',
        ] as const
      ).map(duration)}
      <TextInput<PolicyValues>
        name="grace_share_percent"
        label="Share of the limits (%)"
        required
        isValid={(text) => /^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 100}
        helperText="Of all names together, meanwhile"
        onChange={onChange}
      />
      {duration('drift_earlier_seconds_max')}
      {duration('drift_later_seconds_max')}
    </Box>
  )
}
