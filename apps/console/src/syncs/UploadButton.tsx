import UploadFileIcon from '@mui/icons-material/UploadFile'
import { Button } from '@mui/material'
import { useState } from 'react'
import { UploadDialog } from './UploadDialog.tsx'

export function UploadButton() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button variant="contained" startIcon={<UploadFileIcon />} onClick={() => setOpen(true)}>
        Upload a list
      </Button>
      {isOpen ? <UploadDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}
