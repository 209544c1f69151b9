import { Box, MenuItem } from '@mui/material'
import type { RegistrySettings } from '../api/types.ts'
import { TextInput } from '../parts/Form.tsx'
import { RegistryEditDialog } from './RegistryEditDialog.tsx'
import {
  type Account,
  accountFields,
  type LimitName,
  limitLabels,
  limitNames,
  limitText,
} from './registry-fields.ts'

type Values = Readonly<Record<LimitName, string>> & {
  readonly source_address: string
  readonly client_certificate: string
  readonly reason: string
}

type EditAccountDialogProps = {
  readonly registry: RegistrySettings
  readonly account: Account
  readonly onClose: () => void
}

/** Edits the limits of our contract, and how we connect. A limit that is left empty is as in the profile. */
export function EditAccountDialog({ registry, account, onClose }: EditAccountDialogProps) {
  return (
    <RegistryEditDialog<Values>
      registry={registry}
      title={`Edit registry account ${account.id}`}
      initial={valuesOf(account)}
      fields={accountFields(account.id)}
      partOf={(values) => ({ account: partOf(account.id, values) })}
      applies="The catcher takes it over within seconds, without a restart: its sessions are opened anew. While names drop, it waits for the end of the window."
      onClose={onClose}
    >
      {(discard) => (
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            gridTemplateColumns: { xs: '1fr', sm: 'repeat(3, minmax(0, 1fr))' },
          }}
        >
          {limitNames.map((name) => (
            <LimitInput key={name} name={name} account={account} onChange={discard} />
          ))}
          <TextInput<Values>
            name="source_address"
            label="Our address"
            helperText="Empty: chosen by the system"
            onChange={discard}
          />
          <TextInput<Values>
            name="client_certificate"
            label="Client certificate"
            helperText="Its name in the catcher’s settings"
            onChange={discard}
          />
        </Box>
      )}
    </RegistryEditDialog>
  )
}

function LimitInput({
  name,
  account,
  onChange,
}: {
  name: LimitName
  account: Account
  onChange: () => void
}) {
  const value = account.profile_limits[name]
  const usual = `Profile: ${value === undefined ? 'none' : limitText(value)}`
  if (name === 'checks_count_as_failed')
    return (
      <TextInput<Values>
        name={name}
        label={limitLabels[name]}
        select
        helperText={usual}
        onChange={onChange}
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
      >
        <MenuItem value="">As in the profile</MenuItem>
        <MenuItem value="true">Yes</MenuItem>
        <MenuItem value="false">No</MenuItem>
      </TextInput>
    )
  return (
    <TextInput<Values>
      name={name}
      label={limitLabels[name]}
      isValid={(text) => /^\d{1,9}$/.test(text.trim())}
      helperText={usual}
      onChange={onChange}
      slotProps={{ htmlInput: { inputMode: 'numeric' } }}
    />
  )
}

function valuesOf({ limits, source_address = '', client_certificate = '' }: Account): Values {
  const texts = limitNames.map((name) => [name, String(limits[name] ?? '')])
  return {
    ...(Object.fromEntries(texts) as Record<LimitName, string>),
    source_address,
    client_certificate,
    reason: '',
  }
}

function partOf(id: string, { source_address, client_certificate, reason: _reason, ...limits }: Values) {
  const given = Object.entries(limits).filter(([, text]) => text !== '')
  return {
    id,
    limits: Object.fromEntries(given.map(([name, text]) => [name, valueOf(text)])),
    ...(source_address !== '' && { source_address }),
    ...(client_certificate !== '' && { client_certificate }),
  }
}

function valueOf(text: string): number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  return Number(text)
}
