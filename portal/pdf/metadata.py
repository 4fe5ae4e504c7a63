"""The mark that a PDF/A file is accessible too.

WeasyPrint writes one standard's mark only. PDF/A allows marks of other standards when the file explains them in an
extension schema (ISO 19005-2, 6.6.2.3), so both are added.
"""

import pikepdf

ACCESSIBILITY_MARK = b"""
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
END_OF_METADATA = b"</rdf:RDF>"


def add_accessibility_mark(pdf: pikepdf.Pdf) -> None:
    """Say in the metadata of a PDF/A file that it keeps PDF/UA-1 as well."""
    stream = pdf.Root.Metadata
    xmp = stream.read_bytes()
    if xmp.count(END_OF_METADATA) != 1:
        raise ValueError("unexpected metadata")
    stream.write(xmp.replace(END_OF_METADATA, ACCESSIBILITY_MARK + END_OF_METADATA))
