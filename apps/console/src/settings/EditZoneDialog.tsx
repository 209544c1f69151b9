import { contactRoles } from '@droplock/rules/contacts'
import { Box } from '@mui/material'
import type { RegistrySettings } from '../api/types.ts'
import { typedAmount } from '../format/money.ts'
import { AmountInput, CheckboxInput, minorOf, TextInput } from '../parts/Form.tsx'
import { RegistryEditDialog } from './RegistryEditDialog.tsx'
import { type ZoneTerms, zoneFields } from './registry-fields.ts'

type Values = {
  readonly standard_fee: string
  readonly phase_fee: string
  readonly renew_fee: string
  readonly may_have_premium: boolean
  readonly contacts: string
  readonly rdap_url: string
  readonly late_renewal_days: string
  readonly auto_renew_grace_days: string
  readonly reason: string
}

type EditZoneDialogProps = {
  readonly registry: RegistrySettings
  readonly zone: ZoneTerms
  readonly onClose: () => void
}

const isDays = (text: string) => /^\d{1,3}$/.test(text.trim()) && Number(text) <= 365
const rolesIn = (text: string) => text.split(/[\s,]+/).filter((role) => role !== '')

/** Edits what a zone costs us and what its registry asks for. */
export function EditZoneDialog({ registry, zone, onClose }: EditZoneDialogProps) {
  const { currency } = zone.standard_fee
  return (
    <RegistryEditDialog<Values>
      registry={registry}
      title={`Edit .${zone.name}`}
      initial={{
        standard_fee: typedAmount(zone.standard_fee),
        phase_fee: typedAmount(zone.phase_fee),
        renew_fee: typedAmount(zone.renew_fee),
        may_have_premium: zone.may_have_premium,
        contacts: zone.contact_roles.join(', '),
        rdap_url: zone.rdap_url ?? '',
        late_renewal_days: String(zone.late_renewal_days),
        auto_renew_grace_days: String(zone.auto_renew_grace_days),
        reason: '',
      }}
      fields={zoneFields(zone.name)}
      partOf={(values) => ({ zone: partOf(zone, values) })}
      applies="Fees cap the creates of all undecided names at once, also in their window. The rest applies from the next command on. Prices of customers stay."
      onClose={onClose}
    >
      {(discard) => <ZoneInputs currency={currency} onChange={discard} />}
    </RegistryEditDialog>
  )
}

function ZoneInputs({ currency, onChange }: { currency: string; onChange: () => void }) {
  return (
    <>
      <Box
        // A typed amount or day makes the preview old.
        onChange={onChange}
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: '1fr', sm: 'repeat(3, minmax(0, 1fr))' },
        }}
      >
        <AmountInput<Values>
          name="standard_fee"
          label="Standard fee"
          currency={currency}
          helperText="A create outside the drop"
        />
        <AmountInput<Values>
          name="phase_fee"
          label="Phase fee"
          currency={currency}
          helperText="Added at the drop"
        />
        <AmountInput<Values>
          name="renew_fee"
          label="Renewal fee"
          currency={currency}
          helperText="A year’s renewal"
        />
        <TextInput<Values>
          name="contacts"
          label="Contacts"
          helperText={contactRoles.join(', ')}
          isValid={(text) => rolesIn(text).every((role) => contactRoles.some((known) => known === role))}
        />
        <TextInput<Values>
          name="rdap_url"
          label="RDAP address"
          helperText="Empty: none"
          isValid={(text) => /^https?:\/\/\S+$/.test(text.trim())}
        />
        <TextInput<Values>
          name="late_renewal_days"
          label="Renewal after expiry (days)"
          required
          helperText="Then the name is deleted"
          isValid={isDays}
        />
        <TextInput<Values>
          name="auto_renew_grace_days"
          label="Auto-renew grace (days)"
          required
          helperText="In which a deletion is credited"
          isValid={(text) => isDays(text) && Number(text) > 0}
        />
      </Box>
      <Box onChange={onChange}>
        <CheckboxInput<Values>
          name="may_have_premium"
          label="It can have premium names: each create carries the standard fee as its cap"
        />
      </Box>
    </>
  )
}

function partOf({ name, standard_fee: { currency } }: ZoneTerms, values: Values) {
  return {
    name,
    standard_fee_minor: minorOf(values.standard_fee, currency),
    phase_fee_minor: minorOf(values.phase_fee, currency),
    renew_fee_minor: minorOf(values.renew_fee, currency),
    may_have_premium: values.may_have_premium,
    contact_roles: rolesIn(values.contacts),
    ...(values.rdap_url !== '' && { rdap_url: values.rdap_url }),
    late_renewal_days: Number(values.late_renewal_days),
    auto_renew_grace_days: Number(values.auto_renew_grace_days),
  }
}
