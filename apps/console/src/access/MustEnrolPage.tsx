import { Box, Button, Typography } from '@mui/material'
import { useState } from 'react'
import { useLogout, useRefresh } from 'react-admin'
import { InterruptionDialog } from './InterruptionDialog.tsx'
import { PlainPage } from './PlainPage.tsx'
import { SecondFactorSetup } from './SecondFactorSetup.tsx'

/** All that a person sees whose roles require a second factor, until there is one. */
export function MustEnrolPage() {
  const logout = useLogout()
  const refresh = useRefresh()
  const [isOpen, setOpen] = useState(false)
  return (
    <PlainPage title="A second factor is required">
      <Typography sx={{ mb: 3 }}>
        Your roles need more than a password. Set up an authenticator app to continue: it takes a minute.
      </Typography>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button variant="contained" size="medium" onClick={() => setOpen(true)}>
          Set up second factor
        </Button>
        <Button color="inherit" size="medium" onClick={() => void logout()}>
          Sign out
        </Button>
      </Box>
      {isOpen ? (
        <SecondFactorSetup
          onClose={() => {
            setOpen(false)
            refresh()
          }}
        />
      ) : null}
      <InterruptionDialog />
    </PlainPage>
  )
}
