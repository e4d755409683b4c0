'use client'

import { Failure, type FailureProps } from '@/components/ui/failure'

export default function AdminError(props: FailureProps) {
  return <Failure {...props} />
}
