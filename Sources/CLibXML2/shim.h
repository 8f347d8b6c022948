#ifndef ASSAY_CLIBXML2_SHIM_H
#define ASSAY_CLIBXML2_SHIM_H

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/HTMLparser.h>

/// The document of `bytes` read as XML without network, entities or DTDs; NULL when it is not well-formed.
static inline xmlDocPtr assay_xml_read(const char *bytes, int count) {
    return xmlReadMemory(bytes, count, "report.xml", "UTF-8",
                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
}

/// The document of `bytes` read as HTML, mended as browsers do; NULL when nothing could be read.
static inline htmlDocPtr assay_html_read(const char *bytes, int count) {
    return htmlReadMemory(bytes, count, "report.html", "UTF-8",
                          HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
}

/// Frees a string that the library allocated; the library's own name for this is a mutable global.
static inline void assay_xml_free(void *string) {
    xmlFree(string);
}

#endif
