const late = { f: () => late.f === undefined }
export default () => late.f()
