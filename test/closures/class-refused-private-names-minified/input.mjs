// In the manner of esbuild below ES2022, minified.
var v=t=>{throw TypeError(t)},d=(t,e,s)=>e.has(t)?v("Cannot add the same private member more than once"):e.set(t,s);var z;class j{constructor(){d(this,z,1)}has(){return z.has(this)}}z=new WeakMap;
export default () => new j().has()
