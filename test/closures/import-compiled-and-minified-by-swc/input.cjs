"use strict";
// In the manner of SWC, minified: the helper's names are gone, and with them what tells the memory of it.
function u(e){if("function"!=typeof WeakMap)return null;var t=new WeakMap,r=new WeakMap;return(u=function(e){return e?r:t})(e)}function c(e,t){if(!t&&e&&e.__esModule)return e;var r=u(t);if(r&&r.has(e))return r.get(e);var a={__proto__:null};for(var n in e)"default"!==n&&Object.hasOwn(e,n)&&(a[n]=e[n]);return a.default=e,r&&r.set(e,a),a}
const n=c(require("node:path"));
module.exports=async()=>[n.basename("/x/y"),n.format({base:"z"}),(await Promise.resolve().then(()=>c(require("./late.cjs")))).late]
