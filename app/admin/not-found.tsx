/** Here too, so that a user or a schedule that is not there leaves the header and its sections standing. */
export { default, generateMetadata } from '@/app/not-found'
