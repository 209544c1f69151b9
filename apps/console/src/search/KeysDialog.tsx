import {
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  Switch,
} from '@mui/material'
import { useStore } from 'react-admin'
import { keys, SINGLE_KEYS } from './keys.ts'

/** The keys of the console, and the switch of those that are a single character. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const [areSingle, setSingle] = useStore(SINGLE_KEYS, true)
  return (
    <Dialog open onClose={onClose} maxWidth="xs" slotProps={{ paper: { 'aria-label': 'Keys' } }}>
      <DialogTitle>Keys</DialogTitle>
      <DialogContent>
        <Box
          component="dl"
          sx={{ display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 2, rowGap: 1, m: 0, mb: 2 }}
        >
          {keys.map(({ keys: together, does }) => (
            <Box key={does} sx={{ display: 'contents' }}>
              <Box component="dt" sx={{ whiteSpace: 'nowrap' }}>
                {together.map((key) => (
                  <Key key={key}>{key}</Key>
                ))}
              </Box>
              <Box component="dd" sx={{ m: 0 }}>
                {does}
              </Box>
            </Box>
          ))}
        </Box>
        <FormControlLabel
          control={<Switch size="small" checked={areSingle} onChange={(_event, isOn) => setSingle(isOn)} />}
          label="Keys of a single character"
        />
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Key({ children }: { children: string }) {
  return (
    <Box
      component="kbd"
      sx={{ font: 'inherit', border: 1, borderColor: 'divider', borderRadius: 0.5, px: 0.75, mr: 0.5 }}
    >
      {children}
    </Box>
  )
}
