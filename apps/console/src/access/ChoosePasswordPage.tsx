import { Alert, Button, Stack, TextField, Typography } from '@mui/material'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataProvider } from 'react-admin'
import { FormProvider, useForm } from 'react-hook-form'
import { useLocation, useNavigate } from 'react-router-dom'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { StaffLink } from '../api/types.ts'
import { typedUtc } from '../format/time.ts'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { NewPasswordInputs } from './dialogs.tsx'
import { PlainPage } from './PlainPage.tsx'

/** Where the link of an invitation, or of a lost password, leads. Nobody is signed in here. */
export function ChoosePasswordPage() {
  const api = useDataProvider<ConsoleDataProvider>()
  const token = useLocation().hash.slice(1)
  const [isDone, setDone] = useState(false)
  const { data, error } = useQuery<StaffLink>({
    queryKey: ['staff-link', token],
    queryFn: () => api.post<StaffLink>('staff-link', { token }),
    enabled: !isDone,
    retry: false,
  })
  return (
    <PlainPage title={isDone ? 'Password chosen' : 'Choose a password'}>
      {error === null || isDone ? null : <ProblemAlert error={error} />}
      {data === undefined ? null : isDone ? (
        <Done email={data.email} />
      ) : (
        <PasswordForm link={data} token={token} onDone={() => setDone(true)} />
      )}
    </PlainPage>
  )
}

type Passwords = { readonly password: string; readonly again: string }

type PasswordFormProps = { readonly link: StaffLink; readonly token: string; readonly onDone: () => void }

function PasswordForm({ link: { email, name, expires_at }, token, onDone }: PasswordFormProps) {
  const api = useDataProvider<ConsoleDataProvider>()
  const form = useForm<Passwords>({ defaultValues: { password: '', again: '' }, mode: 'onChange' })
  const choose = useMutation<void, Error, Passwords>({
    mutationFn: ({ password }) => api.post('staff-link/password', { token, password }),
    onSuccess: onDone,
  })
  return (
    <FormProvider {...form}>
      <Stack component="form" onSubmit={form.handleSubmit((values) => choose.mutate(values))} sx={{ gap: 2 }}>
        <Typography>Hello {name}. Nobody but you is to know this password.</Typography>
        <TextField
          label="Email"
          value={email}
          autoComplete="username"
          slotProps={{ input: { readOnly: true }, htmlInput: { tabIndex: -1 } }}
        />
        <NewPasswordInputs />
        {choose.error === null ? null : <ProblemAlert error={choose.error} />}
        <Button
          type="submit"
          variant="contained"
          size="medium"
          disabled={!form.formState.isValid || choose.isPending}
        >
          {choose.isPending ? 'Saving…' : 'Choose this password'}
        </Button>
        <Typography variant="caption" color="textSecondary">
          The link works once, until {typedUtc(expires_at).slice(0, 16)} UTC.
        </Typography>
      </Stack>
    </FormProvider>
  )
}

function Done({ email }: { readonly email: string }) {
  const navigate = useNavigate()
  return (
    <Stack sx={{ gap: 2 }}>
      <Alert severity="success">Your password is set. Sign in with it to begin.</Alert>
      <Button
        variant="contained"
        size="medium"
        onClick={() => void navigate('/login', { replace: true, state: { email } })}
      >
        Sign in
      </Button>
    </Stack>
  )
}
