import { releases } from '@droplock/rules/schedule/release'
import { Box, MenuItem } from '@mui/material'
import type { ZonePolicy, ZonePolicyPreview } from '../api/types.ts'
import { secondsOf } from '../format/duration.ts'
import { countText } from '../format/money.ts'
import { counted, words } from '../format/words.ts'
import { TextInput } from '../parts/Form.tsx'
import { PreviewedEditDialog } from '../parts/PreviewedEditDialog.tsx'
import { type PolicyTerms, policyFields } from './policy-fields.ts'
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

/** Changes the policy of a zone. */
export function PolicyDialog({ zone, policy, onClose }: PolicyDialogProps) {
  return (
    <PreviewedEditDialog<PolicyTerms, ZonePolicy, ZonePolicyPreview, PolicyValues>
      title={`Edit the policy of .${zone}`}
      record={policy}
      path={`zones/${encodeURIComponent(zone)}/policy`}
      code="zone_policy_changed"
      initial={valuesOf(policy)}
      termsOf={policyOf}
      fields={policyFields}
      effectOf={({ counts }) => {
        const { moves, reopens, closes } = counts.effects
        return `${countText(moves + reopens + closes)} of ${counted(counts.listings, 'live name')} would have another schedule by it. They stay as they are until a schedule change applies the policy to them.`
      }}
      done={`Policy of .${zone} changed.`}
      onClose={onClose}
    >
      {(discard) => <PolicyInputs onChange={discard} />}
    </PreviewedEditDialog>
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
