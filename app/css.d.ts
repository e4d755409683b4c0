// next-env.d.ts says so too, but it is not there before the first build.
declare module '*.css'
