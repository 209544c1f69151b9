import { Button, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { DataTable, useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { SecondFactor, StaffDevice, StaffSession } from '../api/types.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { useAction, useMe } from '../parts/hooks.ts'
import { Page, Section, TwoColumns } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'
import { EndOthersDialog, ForgetAllDialog, PasswordDialog, RemoveDialog } from './dialogs.tsx'
import { RecoveryCodesDialog, SecondFactorSetup } from './SecondFactorSetup.tsx'
import { browserText } from './user-agent.ts'

/** A person's own access: second factor, password, sessions and devices. */
export function ProfilePage() {
  const me = useMe()
  return (
    <Page title="Your profile" about={me?.email}>
      <TwoColumns
        main={
          <>
            <Sessions />
            <Devices />
          </>
        }
        beside={
          <>
            <Section title="You">
              <Facts
                narrow
                facts={[
                  ['Name', me?.name],
                  ['Email', me?.email],
                  ['Roles', me?.roles.map(words).join(', ')],
                ]}
              />
            </Section>
            <SecondFactorSection />
            <PasswordSection />
          </>
        }
      />
    </Page>
  )
}

function SecondFactorSection() {
  const api = useDataProvider<ConsoleDataProvider>()
  const [chosen, setChosen] = useState<'setup' | 'remove'>()
  const [codes, setCodes] = useState<readonly string[]>()
  const { data, error, refetch } = useQuery<SecondFactor>({
    queryKey: ['second-factor'],
    queryFn: () => api.get<SecondFactor>('me/second-factor'),
    retry: false,
  })
  const renew = useAction<object, { recovery_codes: string[] }>({
    send: (each) => each.post('me/recovery-codes'),
    done: () => 'Earlier recovery codes are no longer valid.',
    onDone: ({ recovery_codes }) => setCodes(recovery_codes),
  })
  const close = () => {
    setChosen(undefined)
    void refetch()
  }
  const isSet = data?.since !== undefined
  return (
    <Section
      title="Second factor"
      beside={
        data === undefined ? null : (
          <StateChip state={isSet ? 'on' : 'off'} tone={isSet ? 'success' : 'neutral'} />
        )
      }
    >
      {error === null ? null : <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined ? null : (
        <>
          {isSet ? (
            <Facts
              narrow
              facts={[
                ['Since', <TimeText key="since" at={data.since ?? ''} precision="minutes" />],
                ['Recovery codes left', String(data.recovery_codes)],
                ['Required', data.is_required ? 'Yes, by your roles' : 'No'],
              ]}
            />
          ) : (
            <Typography sx={{ px: 2, pt: 1.5 }}>
              An authenticator app on your phone. With it, your password alone opens nothing.
            </Typography>
          )}
          <Buttons>
            <Button variant={isSet ? 'outlined' : 'contained'} onClick={() => setChosen('setup')}>
              {isSet ? 'Use another device' : 'Set up'}
            </Button>
            {isSet ? (
              <>
                <Button variant="outlined" disabled={renew.isPending} onClick={() => renew.mutate({})}>
                  New recovery codes
                </Button>
                <Button variant="outlined" color="error" onClick={() => setChosen('remove')}>
                  Turn off
                </Button>
              </>
            ) : null}
          </Buttons>
          {renew.error === null ? null : <ProblemAlert error={renew.error} />}
        </>
      )}
      {chosen === 'setup' ? <SecondFactorSetup onClose={close} /> : null}
      {chosen === 'remove' ? <RemoveDialog isRequired={data?.is_required === true} onClose={close} /> : null}
      {codes === undefined ? null : <RecoveryCodesDialog codes={codes} onClose={() => setCodes(undefined)} />}
    </Section>
  )
}

function PasswordSection() {
  const [isOpen, setOpen] = useState(false)
  const hasPassword = useMe()?.proof.password === true
  return (
    <Section title="Password">
      <Typography sx={{ px: 2, pt: 1.5 }}>
        {hasPassword
          ? 'Changing it ends your other sessions and forgets your other devices.'
          : 'You have none: you sign in with your identity provider.'}
      </Typography>
      <Buttons>
        <Button variant="outlined" onClick={() => setOpen(true)}>
          {hasPassword ? 'Change password' : 'Set password'}
        </Button>
      </Buttons>
      {isOpen ? <PasswordDialog onClose={() => setOpen(false)} /> : null}
    </Section>
  )
}

function Buttons({ children }: { readonly children: ReactNode }) {
  return <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, padding: '12px 16px' }}>{children}</div>
}

const SessionColumn = DataTable.Col<StaffSession>

function Sessions() {
  const [isEnding, setEnding] = useState(false)
  return (
    <Section title="Open sessions" beside={<Button onClick={() => setEnding(true)}>End all others</Button>}>
      <RecordTable
        resource="me/sessions"
        inside
        empty={{ title: 'No open sessions', text: 'Your open sessions are listed here.' }}
      >
        <SessionColumn
          label="Browser"
          render={({ user_agent, source, is_current }) => (
            <>
              <span title={user_agent}>{browserText(user_agent)}</span>
              {is_current ? <strong> · this one</strong> : null}
              <Typography variant="caption" color="textSecondary" component="div">
                {source}
              </Typography>
            </>
          )}
        />
        <SessionColumn
          label="Signed in"
          render={({ created_at }) => <TimeText at={created_at} precision="minutes" />}
        />
        <SessionColumn
          label="Last used"
          render={({ seen_at }) => <TimeText at={seen_at} precision="minutes" />}
        />
        <SessionColumn label="" align="right" render={(session) => <EndButton session={session} />} />
      </RecordTable>
      {isEnding ? <EndOthersDialog onClose={() => setEnding(false)} /> : null}
    </Section>
  )
}

function EndButton({ session: { id, is_current, user_agent } }: { readonly session: StaffSession }) {
  const end = useAction<object, void>({
    send: (api) => api.post(`me/sessions/${id}/end`),
    done: () => 'The session has ended.',
  })
  if (is_current) return null
  return (
    <Button
      variant="outlined"
      aria-label={`End the session of ${browserText(user_agent)}`}
      disabled={end.isPending}
      onClick={() => end.mutate({})}
    >
      End
    </Button>
  )
}

const DeviceColumn = DataTable.Col<StaffDevice>

function Devices() {
  const [isForgetting, setForgetting] = useState(false)
  return (
    <Section title="Known devices" beside={<Button onClick={() => setForgetting(true)}>Forget all</Button>}>
      <Typography color="textSecondary" sx={{ px: 2, pt: 1.5 }}>
        In these browsers, failed sign-ins elsewhere do not delay yours.
      </Typography>
      <RecordTable
        resource="me/devices"
        inside
        empty={{ title: 'No known devices', text: 'A browser is known for 90 days after a sign-in.' }}
      >
        <DeviceColumn
          label="Browser"
          render={({ user_agent }) => <span title={user_agent}>{browserText(user_agent)}</span>}
        />
        <DeviceColumn
          label="Last sign-in"
          render={({ used_at }) => <TimeText at={used_at} precision="minutes" />}
        />
        <DeviceColumn
          label="Known until"
          render={({ expires_at }) => <TimeText at={expires_at} precision="minutes" />}
        />
        <DeviceColumn label="" align="right" render={(device) => <ForgetButton device={device} />} />
      </RecordTable>
      {isForgetting ? <ForgetAllDialog onClose={() => setForgetting(false)} /> : null}
    </Section>
  )
}

function ForgetButton({ device: { id, user_agent } }: { readonly device: StaffDevice }) {
  const forget = useAction<object, void>({
    send: (api) => api.post(`me/devices/${id}/forget`),
    done: () => 'The device was forgotten.',
  })
  return (
    <Button
      variant="outlined"
      aria-label={`Forget ${browserText(user_agent)}`}
      disabled={forget.isPending}
      onClick={() => forget.mutate({})}
    >
      Forget
    </Button>
  )
}
